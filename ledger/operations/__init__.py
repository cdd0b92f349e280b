"""The only writes: posting, period, outbox, work."""
