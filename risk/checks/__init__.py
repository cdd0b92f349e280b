"""One file per check, one signature: check(snapshot, *, policy) -> tuple[Finding, ...].

A check says what is wrong about whom, with the rows that show it. It decides nothing, knows
no other check, and is bounded in time whatever the facts. Must not import: each other,
chain position, verdict, models, Django.
"""
