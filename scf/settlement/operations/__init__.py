"""The only writes to statements, entries, allocations, matches, payouts and withdrawals."""
