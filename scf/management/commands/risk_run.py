"""``bin/manage risk_run``: judge every firm of a programme as of a day."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ledger.errors import DomainError
from risk.queries.reports import reports_list, run_progress
from scf.access.refusals import refusal_text
from scf.journeys.assessing import risk_assess_now
from scf.network.queries import ProgrammeFacts, programme_by_code, programmes_list


class Command(BaseCommand):
    help = "Freeze the chain as of a day, report every firm and decide its gate."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=date.fromisoformat, help="default: the business date")
        parser.add_argument("--programme", default="", help="its code; the only one by default")
        parser.add_argument("--json", action="store_true", help="one JSON object as the last line")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            programme = programme_chosen(code=options["programme"])
            run_id = risk_assess_now(
                programme_id=programme.id,
                as_of=options["as_of"] or programme.business_date,
                at=datetime.now(tz=UTC),
            )
        except DomainError as error:
            raise CommandError(f"{refusal_text(error)} [{error.code}]", returncode=1) from None
        told = _told(programme, run_id)
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self.stdout.write(f"run {run_id} {told['state']} as of {told['as_of']}")
            self.stdout.write(f"snapshot {told['snapshot_hash']}")
            for verdict, count in told["verdicts"].items():
                self.stdout.write(f"  {verdict:<12} {count:,}")
        if told["state"] != "done":
            raise CommandError(f"run {run_id} is {told['state']}", returncode=1)


def programme_chosen(*, code: str) -> ProgrammeFacts:
    """The programme of that code, or the only one there is."""
    if code:
        return programme_by_code(code=code)
    known = programmes_list()
    if len(known) != 1:
        raise CommandError("name the programme with --programme CODE", returncode=1)
    return known[0]


def _told(programme: ProgrammeFacts, run_id: int) -> dict[str, Any]:
    progress = run_progress(run_id=run_id)
    rows = reports_list(programme_ref=programme.book, run_id=run_id)
    return {
        "run": run_id,
        "state": progress.state,
        "as_of": progress.as_of.isoformat(),
        "snapshot_hash": progress.snapshot_hash,
        "policy_version": progress.policy_version,
        "parties": progress.done,
        "verdicts": dict(sorted(Counter(row.verdict for row in rows).items())),
    }
