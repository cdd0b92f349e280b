"""Throwing a database away."""

import pytest
from django.core.management import CommandError, call_command


def test_a_named_database_is_never_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://live@production/books")
    with pytest.raises(CommandError, match="DATABASE_URL is set"):
        call_command("dev_reset")
