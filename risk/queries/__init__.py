"""Reads of risk: gate states, reports, runs, limits, and the risk desk's queue."""
