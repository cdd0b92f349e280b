"""``bin/manage risk_replay RUN``: make a run's reports again; exit 0 only on equal bytes."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ledger.errors import DomainError
from risk.queries.replay import Replay, run_replayed
from scf.access.refusals import refusal_text

NAMED = 20


class Command(BaseCommand):
    help = "Replay a risk run from its stored snapshot and policy; exit 0 only on equal bytes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", type=int)
        parser.add_argument("--json", action="store_true", help="one JSON object as the last line")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = run_replayed(run_id=options["run"])
        except DomainError as error:
            raise CommandError(f"{refusal_text(error)} [{error.code}]", returncode=1) from None
        if options["json"]:
            told = {**asdict(found), "equal": found.is_equal}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            for line in _lines(found):
                self.stdout.write(line)
        if not found.is_equal:
            raise CommandError(f"run {found.run_id} does not come out the same", returncode=1)


def _lines(found: Replay) -> list[str]:
    lines = [f"run {found.run_id} ({found.state}): {found.reports:,} reports made again"]
    if found.code_before != found.code_now:
        lines.append(
            f"made by code {found.code_before}, made again by {found.code_now}: "
            "every report names its code, so no bytes can be equal"
        )
    if not found.snapshot_intact:
        lines.append("the stored snapshot does not have its hash any more")
    if not found.policy_intact:
        lines.append("the stored policy does not have its hash any more")
    for word, refs in (("differs", found.differing), ("missing", found.missing)):
        lines += [f"  {word} {ref}" for ref in refs[:NAMED]]
        if len(refs) > NAMED:
            lines.append(f"  {word} {len(refs) - NAMED:,} more")
    if found.is_equal:
        lines.append("equal to the last byte")
    return lines
