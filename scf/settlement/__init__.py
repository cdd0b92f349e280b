"""Money at the bank: statements and their entries, what they settle, and payouts.

Lives here: bank statements, entries, allocations, match proposals, payout batches, payouts,
withdrawals; cash application and the payment file are pure. May not live here: what a payment
means for a claim or a series (journeys), files of other kinds (imports). May import: ledger,
network and trade.
"""
