import gzip
from pathlib import Path

import pytest

from risk.process_flows import Step
from scf.benchmarks.p2p import FILE, p2p_measure, traces_read

LOG = Path(__file__).resolve().parents[3].parent / "shared" / "data" / FILE


def test_a_log_is_read_trace_by_trace(tmp_path: Path) -> None:
    event = (
        '<event><date key="time:timestamp" value="2018-01-0{}T00:00:00+00:00"/>'
        '<string key="concept:name" value="{}"/></event>'
    )
    text = "<log><trace>{}{}{}</trace><trace/></log>".format(
        event.format(1, "Create Purchase Order Item"),
        event.format(2, "Change Quantity"),
        event.format(3, "Clear Invoice"),
    )
    path = tmp_path / "log.xes.gz"
    path.write_bytes(gzip.compress(text.encode()))
    first, second = traces_read(path=path)
    assert [step for step, _ in first] == [Step.ORDERED, Step.CLEARED]
    assert second == []


@pytest.mark.skipif(not LOG.exists(), reason="the public purchase-to-pay log is not here")
def test_the_published_log_in_three_flows() -> None:
    assert p2p_measure(path=LOG) == {
        "purchases": 11_973,
        "complete": 8_121,
        "invoiced_unreceived": 258,
        "cleared_unreceived": 221,
        "invoice_before_order": 561,
    }
