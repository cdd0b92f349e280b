"""How long one firm's neighbourhood takes over HTTP, as data and as the whole page."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from risk.queries.reports import reports_list
from scf.benchmarks.risk_page import latency
from scf.network.queries import programmes_list

PAGES = 300
OK = 200


DATA = "/risk/graph/{party}/data/"
PAGE = "/risk/graph/{party}/"


def http_part(*, path: str) -> dict[str, Any] | None:
    """An address of many firms through Django's own test client: in this process, with
    every middleware, on the database that the settings name. None where nobody of the risk
    desk, or no finished run, is there."""
    users = get_user_model().objects.filter(is_active=True, active_membership__role="risk")
    user = users.order_by("pk").first()
    firms = [
        int(row.party_ref.partition(":")[2])
        for programme in programmes_list()[:1]
        for row in reports_list(programme_ref=programme.book)[:PAGES]
    ]
    if user is None or not firms:
        return None
    client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    told: dict[str, Any] = {"client": "django.test.Client", "path": path}
    logging.disable(logging.CRITICAL)
    try:
        status = client.get(path.format(party=firms[0])).status_code
        if status != OK:
            return {**told, "status": status}
        return {**told, **latency(lambda party: client.get(path.format(party=party)), firms)}
    finally:
        logging.disable(logging.NOTSET)
