"""A scratch database: current tables, nothing in it, nothing left of it."""

from threading import Thread

import pytest
from django.db import connection, connections
from django.db.utils import ProgrammingError

from scf.runtime.layout import Layout
from scf.runtime.roles import APP_ROLE
from scf.runtime.scratch import scratch_addresses, scratch_database
from scf.runtime.servers import servers_attach
from scf.runtime.urls import url_parse, url_with

WHERE = "SELECT current_database(), session_user"


def asked(query: str) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return tuple(cursor.fetchone() or ())


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_block_has_a_migrated_database_and_the_rest_does_not_notice() -> None:
    before = asked(WHERE)
    with scratch_database(label="sample") as addresses:
        name = url_parse(addresses.owner_url).database
        assert asked(WHERE) == (name, APP_ROLE)
        assert asked("SELECT count(*) FROM network_party") == (0,)
        with pytest.raises(ProgrammingError):
            asked("TRUNCATE network_party")
    assert asked(WHERE) == before
    assert name != before[0]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_other_threads_land_in_the_scratch_database_too() -> None:
    seen: list[object] = []

    def look() -> None:
        seen.append(asked(WHERE)[0])
        connections.close_all()

    with scratch_database(label="threads") as addresses:
        thread = Thread(target=look)
        thread.start()
        thread.join()
    assert seen == [url_parse(addresses.owner_url).database]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_it_is_gone_after_an_error_too() -> None:
    def fail() -> None:
        with scratch_database(label="x"):
            raise RuntimeError("inside")

    with pytest.raises(RuntimeError, match="inside"):
        fail()
    assert asked("SELECT count(*) FROM pg_database WHERE datname LIKE 'huoshui_run_x_%'") == (0,)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize(("durable", "setting"), [(False, "off"), (True, "on")])
def test_commits_wait_for_the_disk_only_when_asked_to(*, durable: bool, setting: str) -> None:
    with scratch_database(label="disk", durable=durable):
        assert asked("SHOW synchronous_commit") == (setting,)


def test_a_named_test_server_is_used_and_a_named_database_never(own_layout: Layout) -> None:
    server = servers_attach(own_layout)
    named = url_with(server.owner_url, database="for_tests")
    environment = {
        "DATABASE_URL": "postgresql://live@production/books",
        "TEST_DATABASE_URL": named,
        "TEST_REDIS_URL": server.redis_url,
    }
    found = scratch_addresses(layout=own_layout, environment=environment)
    assert found.owner_url == named
    assert "production" not in str(found)
