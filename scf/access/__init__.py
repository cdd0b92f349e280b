"""Who may do what, and see what.

Lives here: the permission table, the scope of an actor, the merged refusal sentences. May not
live here: writes, pages. May import: every business room below (their values and refusals).
"""
