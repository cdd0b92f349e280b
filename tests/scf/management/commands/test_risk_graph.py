import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

PUBLISHED = Path(__file__).parents[5] / "shared" / "data" / "esri"


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("risk_graph", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published ESRI example is not here")
def test_the_published_file_is_read_as_it_is() -> None:
    answer = json.loads(run(str(PUBLISHED / "test_list.csv"), "--measure", "esri", "--json"))
    assert "GL-ESRI" in answer["variant"]
    for row in csv.DictReader((PUBLISHED / "test_esri.csv").open()):
        assert answer["values"][row["company"]] == pytest.approx(float(row["esri"]), abs=1e-12)


def test_people_read_lines(tmp_path: Path) -> None:
    path = tmp_path / "edges.csv"
    path.write_text("supplier,customer,weight\na,b,1\nb,c,1\nc,a,1\na,a,4\n")
    told = run(str(path), "--measure", "cycles")
    assert "a > b > c > a" in told
    assert "! self_trade (1)" in told


def test_a_file_that_cannot_be_read_ends_with_two_and_says_why(tmp_path: Path) -> None:
    path = tmp_path / "edges.csv"
    path.write_text("from,to\na,b\n")
    out = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("risk_graph", str(path), "--measure", "hhi", "--json", stdout=out)
    assert refused.value.returncode == 2
    assert json.loads(out.getvalue())["findings"][0]["code"] == "columns_missing"
