"""The stress lab: what a pool of claims loses when something breaks, and when cash runs short.

Facts of pools, a scenario and a published seed in; a loss distribution, its contributors
and dates of shortfall out, the same bytes every time. Pure: no Django, no business names.
May import: risk.chain, risk.canonical, risk.facts, ledger values. Must not import: checks,
models, queries.
"""
