"""Templates and clones: migrated once, copied often, cleaned up after the killed."""

import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from scf.runtime.databases import (
    abandoned_drop,
    database_clone,
    database_drop,
    database_recreate,
    grant_files,
    run_name,
    schema_hash,
    template_ensure,
)
from scf.runtime.layout import Layout
from scf.runtime.servers import servers_attach
from scf.runtime.urls import url_with


@pytest.fixture
def owner_url(own_layout: Layout) -> str:
    return servers_attach(own_layout).owner_url


def databases(owner_url: str) -> set[str]:
    with psycopg.connect(owner_url) as connection:
        return {str(row[0]) for row in connection.execute("SELECT datname FROM pg_database")}


def sample_migrate(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE migrated AS SELECT 1 AS n")


def test_a_template_is_migrated_once_and_its_clones_are_independent(owner_url: str) -> None:
    migrated: list[str] = []

    def migrate(url: str) -> None:
        migrated.append(url)
        sample_migrate(url)

    template = template_ensure(owner_url=owner_url, migrate=migrate)
    assert template_ensure(owner_url=owner_url, migrate=migrate) == template
    assert len(migrated) == 1
    clones = [database_clone(owner_url=owner_url, template=template, name=n) for n in ("c1", "c2")]
    with psycopg.connect(clones[0]) as connection:
        connection.execute("DELETE FROM migrated")
    with psycopg.connect(clones[1]) as connection:
        assert connection.execute("SELECT n FROM migrated").fetchall() == [(1,)]
    for name in ("c1", "c2", template):
        database_drop(owner_url=owner_url, name=name)


def test_a_migration_that_fails_leaves_no_template_behind(owner_url: str) -> None:
    def migrate(_url: str) -> None:
        raise RuntimeError("broken migration")

    with pytest.raises(RuntimeError, match="broken migration"):
        template_ensure(owner_url=owner_url, migrate=migrate)
    template = template_ensure(owner_url=owner_url, migrate=sample_migrate)
    database_drop(owner_url=owner_url, name=template)


def test_the_template_follows_every_change_of_schema(tmp_path: Path) -> None:
    folder = tmp_path / "ledger" / "migrations"
    folder.mkdir(parents=True)
    hashes = [schema_hash(checkout=tmp_path)]
    (folder / "0001_initial.py").write_text("a")
    hashes.append(schema_hash(checkout=tmp_path))
    (folder / "0001_initial.py").write_text("b")
    hashes.append(schema_hash(checkout=tmp_path))
    (tmp_path / "ledger" / "sql").mkdir()
    (tmp_path / "ledger" / "sql" / "grants.sql").write_text("c")
    hashes.append(schema_hash(checkout=tmp_path))
    assert len(set(hashes)) == 4
    shutil.rmtree(folder)
    assert schema_hash(checkout=tmp_path) not in hashes


def test_grants_are_applied_lowest_layer_first(tmp_path: Path) -> None:
    for room in ("scf/trade", "ledger", "risk"):
        (tmp_path / room / "sql").mkdir(parents=True)
        (tmp_path / room / "sql" / "grants.sql").touch()
    found = [path.parent.parent.name for path in grant_files(checkout=tmp_path)]
    assert found == ["ledger", "risk", "trade"]


def test_databases_of_dead_runs_go_and_those_of_living_ones_stay(owner_url: str) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    mine, orphan = run_name(label="mine"), f"huoshui_run_x_{dead.pid}"
    for name in (mine, orphan):
        database_recreate(owner_url=url_with(owner_url, database=name))
    assert orphan in abandoned_drop(owner_url=owner_url)
    assert mine in databases(owner_url)
    database_drop(owner_url=owner_url, name=mine)
    assert mine not in databases(owner_url)


def test_dropping_what_is_gone_or_in_use_just_works(owner_url: str) -> None:
    url = url_with(owner_url, database="in_use")
    database_recreate(owner_url=url)
    with psycopg.connect(url):
        database_drop(owner_url=owner_url, name="in_use")
    database_drop(owner_url=owner_url, name="in_use")
    assert "in_use" not in databases(owner_url)
