"""Collection: how likely a debtor pays in 7, 30 and 60 days, why it does not, and what is worth
doing first. Values only; what becomes of them is `risk.operations.collections`."""
