"""Money at the bank: statements, allocations, payouts."""
