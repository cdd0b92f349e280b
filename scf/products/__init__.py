"""From an assigned claim to units: term sheet, series, subscription, holding, distribution.

Lives here: what investors buy and what they are paid. May import: financing and the rooms
below it, and the ledger's queries. Value moves through journeys only.
"""
