"""Measurements that `bin/bench NAME` runs: each returns a mapping that becomes one JSON object.

May import any room's public functions; nothing imports it but the command.
"""
