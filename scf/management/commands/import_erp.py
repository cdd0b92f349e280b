"""``bin/manage import_erp PATH``: a file, a folder or a ZIP from an ERP, as one set."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ledger.errors import DomainError
from scf.access.refusals import refusal_text
from scf.imports.parsers.cells import DateOrder
from scf.journeys.import_reporting import batch_report, import_set
from scf.journeys.importing import import_limits
from scf.network.queries import programme_by_code, programmes_list
from scf.simulator.frauds.values import LABELS_NAME


class Command(BaseCommand):
    help = "Import ERP files (canonical CSV/XLSX, SAP tables) and match what they say."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--programme", default="", help="its code; the only one by default")
        parser.add_argument("--format", default="auto", choices=["auto", "canonical", "sap"])
        parser.add_argument("--source-system", default="")
        parser.add_argument(
            "--date-order", default="unknown", choices=[str(order) for order in DateOrder],
            help="how dates like 03/04/2026 are meant where a file leaves it open",
        )  # fmt: skip
        parser.add_argument(
            "--snapshot",
            action="store_true",
            help="the set is all there is: what it lacks has gone",
        )
        parser.add_argument("--dry-run", action="store_true", help="check all, keep nothing")
        parser.add_argument("--json", action="store_true", help="JSON as the last line")

    def handle(self, *args: Any, **options: Any) -> None:
        at = datetime.now(tz=UTC)
        try:
            result = import_set(
                programme_id=self._programme(options["programme"]),
                files=_files(options["path"]),
                options={
                    "format": options["format"],
                    "source_system": options["source_system"],
                    "date_order": options["date_order"],
                    "snapshot": int(options["snapshot"]),
                    "create_parties": 1,
                    "create_companies": 1,
                    "role": "operations",
                },
                is_dry_run=options["dry_run"],
                at=at,
            )
        except DomainError as error:
            if options["json"]:
                refusal = {"code": error.code, "facts": _plain(error.facts)}
                self.stdout.write(json.dumps({"refused": refusal}, ensure_ascii=False))
            raise CommandError(f"{refusal_text(error)} [{error.code}]", returncode=1) from None
        report = batch_report(result)
        self._tell(report)
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))

    def _programme(self, code: str) -> int:
        if code:
            return programme_by_code(code=code).id
        known = programmes_list()
        if len(known) != 1:
            raise CommandError("name the programme with --programme CODE", returncode=1)
        return known[0].id

    def _tell(self, report: dict[str, Any]) -> None:
        for file in report["files"]:
            counts = " ".join(f"{name}={file[name]}" for name in report["counts"])
            self.stdout.write(f"{file['name']} [{file['table'] or '-'}] {counts}")
        for issue in report["issue_groups"]:
            self.stdout.write(
                f"  {issue['severity']} {issue['code']} x{issue['count']}"
                f" {issue['file']}:{issue['first_row']} {issue['column']}"
            )
        self.stdout.write(f"rows {report['counts']}")
        self.stdout.write(f"match {report['match']}")


def _files(path: Path) -> list[tuple[str, bytes]]:
    if path.is_dir():
        found = sorted(
            each for each in path.rglob("*") if each.is_file() and not _hidden(each, path)
        )
        return [(str(each.relative_to(path)), _bytes(each)) for each in found]
    if path.is_file():
        return [(path.name, _bytes(path))]
    raise DomainError("imports.path_unknown", path=str(path))


def _hidden(path: Path, below: Path) -> bool:
    """Dot files, and the simulator's answers, which nobody may learn from."""
    return path.name == LABELS_NAME or any(
        part.startswith(".") for part in path.relative_to(below).parts
    )


def _bytes(path: Path) -> bytes:
    """The file's content; one beyond the limit is refused before it is read."""
    limit = import_limits().max_bytes
    if path.stat().st_size > limit:
        raise DomainError("imports.file_too_large", file=path.name, limit=limit)
    return path.read_bytes()


def _plain(facts: Any) -> dict[str, str]:
    return {name: str(fact) for name, fact in facts.items()}
