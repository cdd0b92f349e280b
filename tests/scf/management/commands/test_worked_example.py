"""The command prints the design's JSON from a database that is gone afterwards."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from scf.network.queries import programmes_list

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_case_as_json_and_nothing_left_behind() -> None:
    out = StringIO()
    call_command("worked_example", "receivable", "--json", case=["undersubscribed"], stdout=out)
    (case,) = json.loads(out.getvalue())["cases"].values()
    assert case["units"] == 0
    assert case["holders"] == {"A": 0, "B": 0, "C": 0}
    assert programmes_list() == []


def test_an_unknown_case_is_refused() -> None:
    with pytest.raises(CommandError):
        call_command("worked_example", "receivable", "--case", "moonshine")
