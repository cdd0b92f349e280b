"""Whose database: the environment's first, our own otherwise."""

from pathlib import Path

import psycopg
import pytest

from scf.runtime.endpoints import database_is_own, endpoints_attach, endpoints_read
from scf.runtime.layout import Layout, layout_for
from scf.runtime.roles import APP_ROLE
from scf.runtime.servers import servers_attach
from scf.runtime.urls import url_parse, url_with


def test_without_any_name_it_is_our_own(own_layout: Layout) -> None:
    own = servers_attach(own_layout)
    assert endpoints_attach(layout=own_layout, environment={}) == own
    assert endpoints_read(layout=own_layout, environment={}) == own


def test_before_the_first_start_reading_starts_nothing(tmp_path: Path) -> None:
    layout = layout_for(checkout=tmp_path)
    assert url_parse(endpoints_read(layout=layout, environment={}).owner_url).port == 1
    assert not layout.run_dir.exists()


def test_a_named_database_gets_our_role_and_the_application_uses_it(
    own_layout: Layout, tmp_path: Path
) -> None:
    server = servers_attach(own_layout)
    # Another checkout, which knows nothing of the passwords here.
    elsewhere = layout_for(checkout=tmp_path, shared_root=tmp_path)
    named = url_with(server.owner_url, database="somebodys")
    environment = {"DATABASE_URL": named, "REDIS_URL": server.redis_url}
    found = endpoints_attach(layout=elsewhere, environment=environment)
    assert found.owner_url == named
    assert found.app_url is not None
    with psycopg.connect(found.app_url) as connection:
        row = connection.execute("SELECT session_user, current_database()").fetchone()
    assert row == (APP_ROLE, "somebodys")
    assert endpoints_read(layout=elsewhere, environment=environment) == found


def test_a_login_given_for_the_application_is_used_as_it_is(own_layout: Layout) -> None:
    environment = {
        "DATABASE_URL": "postgresql://owner@db/x",
        "APP_DATABASE_URL": "postgresql://huoshui_app:p@db/x",
        "REDIS_URL": "redis://cache/3",
    }
    found = endpoints_read(layout=own_layout, environment=environment)
    assert (found.owner_url, found.app_url, found.redis_url) == tuple(environment.values())


def test_an_owner_who_may_not_make_roles_is_used_for_both(
    own_layout: Layout, tmp_path: Path
) -> None:
    server = servers_attach(own_layout)
    with psycopg.connect(server.owner_url, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS humble")
        connection.execute("CREATE ROLE humble LOGIN PASSWORD 'h'")
    humble = url_with(server.owner_url, user="humble", password="h")
    environment = {"DATABASE_URL": humble, "REDIS_URL": server.redis_url}
    found = endpoints_attach(
        layout=layout_for(checkout=tmp_path, shared_root=tmp_path), environment=environment
    )
    assert found.app_url is None


@pytest.mark.parametrize(("environment", "own"), [({}, True), ({"DATABASE_URL": "x"}, False)])
def test_only_our_own_database_may_be_thrown_away(
    environment: dict[str, str], *, own: bool
) -> None:
    assert database_is_own(environment=environment) is own
