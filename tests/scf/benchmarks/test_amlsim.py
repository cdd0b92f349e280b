from pathlib import Path

import pytest

from scf.benchmarks.amlsim import FOLDER, amlsim_measure, amlsim_read

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data" / FOLDER


def test_the_sample_is_read_in_order_of_days_and_in_cents(tmp_path: Path) -> None:
    (tmp_path / "nodes.csv").write_text(
        "nodeid,isFraud,init_balance,fraudStep\n0,0,1,-1\n1,1,1,3\n"
    )
    (tmp_path / "transactions.csv").write_text(
        "sourceNodeId,targetNodeId,value,time\n1,0,10.41,7\n0,1,147.8,2\n"
    )
    payments, labels = amlsim_read(folder=tmp_path)
    assert payments.day.tolist() == [2, 7]
    assert payments.amount_minor.tolist() == [14_780, 1_041]
    assert labels.tolist() == [False, True]


@pytest.mark.slow
@pytest.mark.skipif(not DATA.exists(), reason="the public AMLSim sample is not here")
def test_the_model_beats_the_published_average_precision() -> None:
    measured = amlsim_measure(folder=DATA)
    assert (measured["accounts"], measured["fraud_accounts"]) == (20_000, 945)
    assert float(str(measured["average_precision"])) >= 0.75
    assert float(str(measured["average_precision_without_amounts"])) >= 0.75
