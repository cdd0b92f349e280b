"""The only writes of risk: snapshots and runs, reports, gate decisions, limits."""
