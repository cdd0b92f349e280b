from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ledger.errors import InvariantViolated
from scf.simulator.play.picks import receivable_named
from scf.simulator.population import FEATURED_CODE
from scf.simulator.stories import WORKED_INVOICE_NO
from scf.trade.values import MatchState
from tests.scf.simulator.play.scenes import stage_set

pytestmark = pytest.mark.django_db


def test_the_documents_of_the_featured_supplier_arrive_as_they_were_written(
    tmp_path: Path,
) -> None:
    with stage_set(folder=tmp_path) as stage:
        worked = receivable_named(
            cast=stage.cast, supplier=FEATURED_CODE, invoice_no=WORKED_INVOICE_NO
        )
        assert worked.match_state is MatchState.MATCHED
        assert worked.financeable_minor == worked.face_minor == 100_000_000
        assert worked.due_date == date(2026, 6, 16)
        short = receivable_named(
            cast=stage.cast, supplier=FEATURED_CODE, invoice_no="INV-2603-0402"
        )
        assert short.match_state is MatchState.AWAITING_RECEIPT
        assert short.financeable_minor == 0
        with pytest.raises(InvariantViolated):
            receivable_named(cast=stage.cast, supplier=FEATURED_CODE, invoice_no="INV-0000")
