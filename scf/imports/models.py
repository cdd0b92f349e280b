"""Source files as they came, batches, raw records and their issues."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SourceFile(models.Model):
    """A file's bytes, kept as they came; the same bytes are kept once a programme."""

    programme = models.ForeignKey(
        "network.Programme", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    received_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "sha256"], name="source_file_once"),
        ]

    def __str__(self) -> str:
        return self.name


class SourceChunk(models.Model):
    """A piece of a file's bytes; in the database, so that every worker reads the same."""

    source = models.ForeignKey(
        SourceFile, on_delete=models.PROTECT, related_name="chunks", db_index=False
    )
    position = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "position"], name="source_chunk_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}/{self.position}"


class ImportBatch(models.Model):
    """One set of files and what became of it. The same set is the same batch."""

    programme = models.ForeignKey(
        "network.Programme", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    set_hash = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=20, default="received")
    is_dry_run = models.BooleanField(default=False)
    format = models.CharField(max_length=20, default="", blank=True)
    parser_version = models.IntegerField(default=0)
    # Who handed it in; a party's own upload may only speak about that party.
    uploaded_by = models.CharField(max_length=60, default="", blank=True)
    party = models.ForeignKey(
        "network.Party", null=True, on_delete=models.PROTECT, related_name="+"
    )
    received_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    committed_at = models.DateTimeField(null=True)
    # How often it was read anew: after a dry run, or when rows of it may now pass.
    run_no = models.IntegerField(default=0)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=60, default="", blank=True)
    failure_code = models.CharField(max_length=60, default="", blank=True)
    failure_facts = models.JSONField(default=dict)
    # Progress: rows known after reading, units (documents, then leftover rows) done.
    rows_known = models.IntegerField(null=True)
    cursor = models.IntegerField(default=0)
    read = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    quarantined = models.IntegerField(default=0)
    ignored = models.IntegerField(default=0)
    documents_created = models.IntegerField(default=0)
    documents_changed = models.IntegerField(default=0)
    match_stage = models.CharField(max_length=20, default="none")
    match_cursor = models.BigIntegerField(default=0)
    match_done = models.IntegerField(default=0)
    match_known = models.IntegerField(default=0)
    matched_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme", "set_hash"],
                condition=~models.Q(state__in=["undone", "failed"]),
                name="import_batch_once_a_set",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    read=models.F("accepted")
                    + models.F("unchanged")
                    + models.F("quarantined")
                    + models.F("ignored")
                ),
                name="import_batch_rows_add_up",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=[
                        "received",
                        "reading",
                        "checking",
                        "dry_run",
                        "committed",
                        "undone",
                        "failed",
                    ]
                ),
                name="import_batch_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["dry_run", "committed"])
                | models.Q(read=models.F("rows_known")),
                name="import_batch_no_row_lost",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["programme", "-received_at"], name="import_batch_newest"),
        ]

    def __str__(self) -> str:
        return self.name


class BatchSource(models.Model):
    """Which files make up a batch."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="sources")
    source = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="+")
    position = models.IntegerField()
    name = models.CharField(max_length=255)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["batch", "position"], name="batch_source_once"),
        ]

    def __str__(self) -> str:
        return self.name


class BatchFile(models.Model):
    """One table of a batch (a CSV file or a workbook's sheet) with its own count."""

    batch = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, related_name="files", db_index=False
    )
    file_no = models.IntegerField()
    name = models.CharField(max_length=255)
    sheet = models.CharField(max_length=120, default="", blank=True)
    table = models.CharField(max_length=20, default="", blank=True)
    encoding = models.CharField(max_length=20, default="", blank=True)
    header_row = models.IntegerField(default=0)
    headers = models.JSONField(default=list)
    rows_known = models.IntegerField()
    read = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    quarantined = models.IntegerField(default=0)
    ignored = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["batch", "file_no"], name="batch_file_once"),
            models.CheckConstraint(
                condition=models.Q(
                    read=models.F("accepted")
                    + models.F("unchanged")
                    + models.F("quarantined")
                    + models.F("ignored")
                ),
                name="batch_file_rows_add_up",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RawRecord(models.Model):
    """One row of a file: its place, its cells as text, and what became of it."""

    file = models.ForeignKey(
        BatchFile, on_delete=models.PROTECT, related_name="records", db_index=False
    )
    row_no = models.IntegerField()
    cells = models.JSONField()
    row_hash = models.CharField(max_length=32)
    outcome = models.CharField(max_length=12)
    document_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["file", "row_no"], name="raw_record_place"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["document_id"],
                condition=models.Q(document_id__isnull=False),
                name="raw_record_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}:{self.row_no}"


class RowIssue(models.Model):
    """One problem of a row, or of a whole file where ``record`` is null."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="issues")
    file = models.ForeignKey(BatchFile, on_delete=models.PROTECT, related_name="issues")
    record = models.ForeignKey(
        RawRecord, null=True, on_delete=models.PROTECT, related_name="issues"
    )
    row_no = models.IntegerField(default=0)
    column = models.CharField(max_length=120, default="", blank=True)
    code = models.CharField(max_length=40)
    severity = models.CharField(max_length=10)
    raw_value = models.CharField(max_length=200, default="", blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["batch", "severity", "code"], name="row_issue_by_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.file_id}:{self.row_no}"
