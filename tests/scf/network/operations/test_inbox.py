import pytest

from scf.network.operations.inbox import user_notify
from scf.network.queries import notifications_list
from tests.support.desks import Desks


@pytest.mark.django_db(transaction=True)
def test_one_person_is_told_once() -> None:
    world = Desks.make().world
    me, other = world.actors["risk"], world.actors["risk2"]
    for _ in range(2):
        user_notify(
            programme_id=world.programme_id,
            user_id=me.user_id,
            key="warning:1",
            code="risk.warning.escalated",
            facts={"name": "华准线束", "by": "贺闻", "reason": "超出权限"},
            link="/risk/warnings/1/",
            at=world.at,
        )
    (line,) = notifications_list(user_id=me.user_id, programme_id=world.programme_id)
    assert (line["code"], line["link"]) == ("risk.warning.escalated", "/risk/warnings/1/")
    assert not notifications_list(user_id=other.user_id, programme_id=world.programme_id).exists()
