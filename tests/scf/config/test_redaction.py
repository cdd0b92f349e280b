"""What never reaches a log line."""

import pytest

from scf.config.redaction import REMOVED, event_redact, value_redact


@pytest.mark.parametrize(
    "key",
    ["password", "new_password", "api_key", "sessionid_cookie", "Authorization", "csrf_token"],
)
def test_values_under_telling_names_are_removed(key: str) -> None:
    assert value_redact(key, "hunter2") == REMOVED


@pytest.mark.parametrize("key", ["account_number", "id_no", "email", "mobile", "iban"])
def test_personal_data_is_removed(key: str) -> None:
    assert value_redact(key, "13800138000") == REMOVED


def test_account_numbers_in_text_keep_their_last_four_digits() -> None:
    assert (
        value_redact("event", "paid to 6222021234567890123 today") == "paid to ********0123 today"
    )


def test_amounts_and_dates_stay_readable() -> None:
    assert value_redact("event", "2026-11-22: 98500000 fen") == "2026-11-22: 98500000 fen"


def test_logins_inside_urls_are_masked() -> None:
    assert value_redact("url", "redis://:secret@127.0.0.1/0") == f"redis://{REMOVED}@127.0.0.1/0"


def test_a_request_keeps_its_path_but_not_what_was_asked() -> None:
    assert value_redact("request", "GET /search?q=张三&page=2") == (
        f"GET /search?q={REMOVED}&page={REMOVED}"
    )


def test_nested_values_are_searched() -> None:
    event = {"event": "saved", "data": {"rows": [{"password": "x", "name": "y"}]}}
    assert event_redact(None, "info", event) == {
        "event": "saved",
        "data": {"rows": [{"password": REMOVED, "name": "y"}]},
    }
