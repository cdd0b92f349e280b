"""`python -m scf.runtime status|hold|stop`: look at, keep up, or stop this checkout's servers."""

import signal
import sys

from scf.runtime.endpoints import endpoints_attach
from scf.runtime.layout import layout_for
from scf.runtime.processes import ServerError
from scf.runtime.servers import servers_running, servers_stop

USAGE = "usage: python -m scf.runtime status|hold|stop"


def main(arguments: list[str]) -> int:
    """Run one verb; `hold` keeps the servers up until Ctrl-C."""
    layout = layout_for()
    match arguments:
        case ["status"]:
            print("running" if servers_running(layout) else "stopped")
        case ["stop"]:
            servers_stop(layout)
        case ["hold"]:
            try:
                endpoints_attach(layout=layout)
            except ServerError as error:
                print(error, file=sys.stderr)
                return 1
            print("running; Ctrl-C lets go", flush=True)
            signal.sigwait({signal.SIGINT, signal.SIGTERM})
        case _:
            print(USAGE, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
