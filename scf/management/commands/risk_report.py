"""``bin/manage risk_report PARTY``: one firm's report, as it was made."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ledger.errors import DomainError
from risk.queries.reports import report_data_get, report_latest, report_payload_get
from scf.access.refusals import refusal_text
from scf.management.commands.risk_run import programme_chosen
from scf.network.queries import parties_by_tax_id
from scf.network.values import party_ref


class Command(BaseCommand):
    help = "Print a firm's latest report; PARTY is its id, its reference or its tax id."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("party")
        parser.add_argument("--as-of", type=date.fromisoformat, help="the latest on or before it")
        parser.add_argument("--programme", default="", help="its code; the only one by default")
        parser.add_argument(
            "--json", action="store_true", help="the report's own bytes as the last line"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            programme = programme_chosen(code=options["programme"])
        except DomainError as error:
            raise CommandError(f"{refusal_text(error)} [{error.code}]", returncode=1) from None
        ref = party_named(options["party"])
        row = report_latest(programme_ref=programme.book, party_ref=ref, on=options["as_of"])
        if row is None:
            raise CommandError(f"no report of {ref}; make one with risk_run", returncode=1)
        if options["json"]:
            self.stdout.write(report_data_get(report_id=row.id).decode())
            return
        payload = report_payload_get(report_id=row.id)
        self.stdout.write(f"{row.party_name} ({ref}) as of {row.as_of}: {row.verdict}")
        for reason in payload["verdict"]["reasons"]:
            mark = {True: "yes", False: "no", None: "unknown"}[reason["met"]]
            value = "-" if reason["value"] is None else f"{reason['value']:,}"
            self.stdout.write(
                f"  {reason['rule']} {reason['code']:<22} {value:>14} {reason['operator']:>2}"
                f" {reason['threshold']:,} {reason['unit']}: {mark}"
            )
        self.stdout.write(f"snapshot {row.snapshot_hash} code {row.code_version}")


def party_named(name: str) -> str:
    """A party's reference from its id, its reference or its tax id."""
    if name.isdigit() and len(name) < 15:
        return party_ref(int(name))
    known = parties_by_tax_id(tax_ids=[name])
    return party_ref(known[name]) if name in known else name
