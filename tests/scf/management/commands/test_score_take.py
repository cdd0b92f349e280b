from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from risk.queries.scores import cards_list
from scf.journeys.scoring import SHIPPED
from tests.support.desks import Desks

pytestmark = pytest.mark.django_db(transaction=True)
CARD = str(SHIPPED / "application.json")


def test_a_file_becomes_a_draft_in_somebody_s_name() -> None:
    desks = Desks.make()
    actor, out = desks.world.actors["risk"], StringIO()
    call_command("score_take", CARD, "--by", actor.name, "--reason", "重新训练", stdout=out)
    row = cards_list(programme_ref=desks.world.programme.book)[0]
    assert (row.state, row.maker_ref, row.reason) == ("draft", actor.ref, "重新训练")
    assert row.digest in out.getvalue()
    with pytest.raises(CommandError, match=r"risk\.card_known"):
        call_command("score_take", CARD, "--by", actor.name, "--reason", "再来")


def test_nobody_of_that_name_is_refused_with_the_names() -> None:
    desks = Desks.make()
    with pytest.raises(CommandError, match=desks.world.actors["risk2"].name):
        call_command("score_take", CARD, "--by", "无此人", "--reason", "?")
