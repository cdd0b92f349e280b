"""Prove every programme's book: conservation, balances from zero, the five proofs."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from scf.journeys.verifying import book_prove
from scf.network.queries import programme_by_code, programmes_list


class Command(BaseCommand):
    help = "Prove the books; exit code 1 when a proof fails."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--programme", help="code of one programme; default: all")
        parser.add_argument("--json", action="store_true", help="one JSON object as the last line")

    def handle(self, *args: Any, **options: Any) -> None:
        programmes = (
            [programme_by_code(code=options["programme"])]
            if options["programme"]
            else programmes_list()
        )
        reports = {each.code: book_prove(programme_id=each.id) for each in programmes}
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {
                        "ok": all(report.ok for report in reports.values()),
                        "programmes": {
                            code: {
                                proof.name: {
                                    "ok": proof.ok,
                                    "difference": proof.difference,
                                    "detail": proof.detail,
                                }
                                for proof in report.proofs
                            }
                            for code, report in reports.items()
                        },
                    },
                    ensure_ascii=False,
                )
            )
        else:
            for code, report in reports.items():
                self.stdout.write(f"{code}: {'proved' if report.ok else 'NOT PROVED'}")
                for proof in report.proofs:
                    word = "ok" if proof.ok else f"difference {proof.difference}: {proof.detail}"
                    self.stdout.write(f"  {proof.name:<14} {word} ({proof.seconds * 1000:.0f} ms)")
        if not all(report.ok for report in reports.values()):
            raise SystemExit(1)
