#!/usr/bin/env python
"""Django's command line, with the database and Redis started when the environment names none."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scf.config.settings")
    from django.core.management import execute_from_command_line

    from scf.runtime.endpoints import ServerError, endpoints_attach

    try:
        endpoints_attach()
    except ServerError as error:
        sys.exit(f"huoshui: {error}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
