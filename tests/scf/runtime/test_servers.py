"""Our own servers: they start once, survive kill -9, and stop when the last user leaves."""

import fcntl
import shutil
import signal
import subprocess
import sys
from contextlib import closing

import psycopg
import pytest
import redis

from scf.runtime.layout import Layout
from scf.runtime.postgres import data_path, postgres_process, postgres_start
from scf.runtime.processes import ServerError
from scf.runtime.servers import servers_attach, servers_leave, servers_running
from scf.runtime.urls import url_with
from scf.runtime.valkey import valkey_process


def test_both_are_up_after_attaching_and_a_second_time_changes_nothing(own_layout: Layout) -> None:
    first = servers_attach(own_layout)
    before = (postgres_process(own_layout), valkey_process(own_layout))
    assert servers_attach(own_layout) == first
    assert (postgres_process(own_layout), valkey_process(own_layout)) == before
    with psycopg.connect(first.owner_url) as connection:
        assert connection.info.server_version >= 180000


def test_a_password_is_required(own_layout: Layout) -> None:
    addresses = servers_attach(own_layout)
    for wrong in ("", "guess"):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(url_with(addresses.owner_url, password=wrong or "x"))
    with pytest.raises(redis.RedisError):
        redis.Redis.from_url(f"redis://{addresses.redis_url.rpartition('@')[2]}").ping()


def test_they_listen_on_this_machine_only(own_layout: Layout) -> None:
    servers_attach(own_layout)
    for process in (postgres_process(own_layout), valkey_process(own_layout)):
        assert process is not None
        listening = {item.laddr.ip for item in process.net_connections() if item.status == "LISTEN"}
        assert listening == {"127.0.0.1"}


def test_files_with_passwords_are_ours_alone(own_layout: Layout) -> None:
    servers_attach(own_layout)
    assert own_layout.state_path.stat().st_mode & 0o077 == 0
    assert own_layout.data_dir.stat().st_mode & 0o077 == 0
    assert (own_layout.data_dir / "valkey" / "valkey.conf").stat().st_mode & 0o077 == 0


def test_never_as_root(own_layout: Layout) -> None:
    servers_attach(own_layout)
    for process in (postgres_process(own_layout), valkey_process(own_layout)):
        assert process is not None
        assert process.uids().effective != 0


def test_after_kill_9_the_next_start_finds_everything_that_was_committed(
    own_layout: Layout,
) -> None:
    addresses = servers_attach(own_layout)
    with psycopg.connect(addresses.owner_url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
        connection.execute("INSERT INTO kept VALUES (42)")
    with closing(redis.Redis.from_url(addresses.redis_url)) as client:
        client.set("kept", "42")
        client.config_set("appendfsync", "always")
        client.set("kept", "43")
    for process in (postgres_process(own_layout), valkey_process(own_layout)):
        assert process is not None
        process.send_signal(signal.SIGKILL)
    addresses = servers_attach(own_layout)
    with psycopg.connect(addresses.owner_url) as connection:
        assert connection.execute("SELECT DISTINCT n FROM kept").fetchall() == [(42,)]
    with closing(redis.Redis.from_url(addresses.redis_url)) as client:
        assert client.get("kept") == b"43"


def test_a_reused_process_number_is_not_taken_for_a_server(own_layout: Layout) -> None:
    servers_attach(own_layout)
    process = postgres_process(own_layout)
    assert process is not None
    process.send_signal(signal.SIGKILL)
    process.wait()
    stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        lock = data_path(own_layout) / "postmaster.pid"
        lines = lock.read_text().split("\n")
        lock.write_text("\n".join([str(stranger.pid), *lines[1:]]))
        assert postgres_process(own_layout) is None
        servers_attach(own_layout)
        assert postgres_process(own_layout) is not None
    finally:
        stranger.kill()
        stranger.wait()


def test_the_last_user_to_leave_stops_them(own_layout: Layout) -> None:
    servers_attach(own_layout)
    with (own_layout.run_dir / "users").open("a") as another_user:
        fcntl.flock(another_user, fcntl.LOCK_SH)
        servers_leave(own_layout)
        assert servers_running(own_layout)
    servers_attach(own_layout)
    servers_leave(own_layout)
    assert not servers_running(own_layout)


def test_a_wrong_password_is_named_instead_of_waited_for(own_layout: Layout) -> None:
    servers_attach(own_layout)
    with pytest.raises(ServerError, match="refuses the recorded password"):
        postgres_start(own_layout, password="of-another-checkout", port=None)


def test_data_whose_password_was_deleted_with_the_run_folder_makes_way(
    own_layout: Layout, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fresh checkout at the path of an old one, whose servers may even run still."""
    aside = own_layout.data_dir.with_name("data.ownerless")
    for number in (1, 2):
        addresses = servers_attach(own_layout)
        with psycopg.connect(addresses.owner_url) as connection:
            connection.execute(f"CREATE TABLE before_{number} ()")
        (data_path(own_layout) / f"mark-{number}").touch()
        before = postgres_process(own_layout)
        assert before is not None
        shutil.rmtree(own_layout.run_dir)
        fresh = servers_attach(own_layout)
        assert not before.is_running()
        assert fresh.owner_url != addresses.owner_url
        assert str(aside) in capsys.readouterr().err
        with psycopg.connect(fresh.owner_url) as connection:
            query = "SELECT count(*) FROM pg_tables WHERE tablename LIKE 'before_%'"
            assert connection.execute(query).fetchone() == (0,)
        # One such folder is kept, the last.
        assert [path.name for path in (aside / "postgres").glob("mark-*")] == [f"mark-{number}"]
