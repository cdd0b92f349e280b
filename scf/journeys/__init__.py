"""One file per use case that crosses rooms; each function owns its transaction.

Journeys read queries, call operations of the rooms and of the ledger, and write the outbox
in the same transaction. They import no models.
"""
