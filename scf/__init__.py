"""The business: rooms for parties, documents, money at the bank, financing and products.

May import risk and ledger; nothing below may import scf.
"""
