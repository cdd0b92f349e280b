"""Who takes part: programme, party, role, user, bank account, KYB, calendar, notification.

Lives here: identities and the business calendar. May not live here: documents,
money, claims. May import: ledger (pure values and operations) only.
"""
