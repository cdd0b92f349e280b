"""Where a figure comes from: the file row behind a document line, as a lineage popover."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from ledger.errors import DomainError
from ledger.money import parse_minor
from ledger.quantity import parse_micro
from scf.imports.queries import record_lineage
from scf.network.queries import user_names
from scf.network.values import ref_id
from scf.portals.components import Lineage
from scf.portals.dates import moment_full
from scf.portals.figures import count
from scf.trade.queries_evidence import EvidenceLine

AROUND = 2


def sources_of(lines: Iterable[EvidenceLine]) -> dict[int, Lineage]:
    """Raw record -> lineage, for every line that was read from a file; two queries.

    Only the line's own row is shown: its neighbours in the file may be other firms' business.
    """
    by_record = {line.raw_record_id: line for line in lines if line.raw_record_id is not None}
    records = record_lineage(record_ids=by_record)
    uploaders = {row["file__batch__uploaded_by"] for row in records.values()}
    ids = {text: ref_id(text) for text in uploaders if text.startswith("user:")}
    names = user_names(user_ids=ids.values()) if ids else {}
    return {
        key: _lineage(row, by_record[key], {text: names.get(one, "") for text, one in ids.items()})
        for key, row in records.items()
    }


def _lineage(row: Mapping[str, Any], line: EvidenceLine, names: Mapping[str, str]) -> Lineage:
    cells, heads = list(row["cells"]), list(row["file__headers"])
    hit = _hit(cells, line)
    low = max(hit - AROUND, 0)
    high = min(low + 2 * AROUND + 1, len(cells))
    sheet = f" · {row['file__sheet']}" if row["file__sheet"] else ""
    who = row["file__batch__uploaded_by"]
    return Lineage(
        source=_("%(file)s · 第 %(row)s 行")
        % {"file": f"{row['file__name']}{sheet}", "row": count(row["row_no"])},
        batch=" · ".join(
            part
            for part in (
                f"B-{row['file__batch_id']}",
                names.get(who, "") or _("导入命令"),
                moment_full(row["file__batch__received_at"]),
            )
            if part
        ),
        digest=row["row_hash"],
        heads=tuple(heads[low:high]),
        rows=((count(row["row_no"]), *(str(cell) for cell in cells[low:high])),),
        hit=(0, hit - low),
    )


def _hit(cells: Sequence[str], line: EvidenceLine) -> int:
    """The column that says the amount, else the quantity, else the first."""
    for wanted, read in ((line.amount_minor, parse_minor), (line.qty_micro, parse_micro)):
        for index, cell in enumerate(cells):
            try:
                if wanted and read(str(cell)) == wanted:
                    return index
            except DomainError:
                continue
    return 0
