"""The books: money, claims and units in one double-entry, append-only ledger; who owns and who owes.

Lives here: values (money, rates, quantity), the chart, the posting door in SQL, reads, proofs, and
what every layer needs to survive a crash (outbox, work items). May not live here: any word of the
business (a receivable, a quote, a risk). Imports nothing of risk or scf: owners, subjects and books
are opaque strings. Only `ledger.operations` moves value.
"""
