"""The environment, typed."""

import pytest

from scf.config import env


@pytest.mark.parametrize(
    ("value", "meaning"), [("1", True), ("Yes", True), ("0", False), ("", False)]
)
def test_a_switch(monkeypatch: pytest.MonkeyPatch, value: str, *, meaning: bool) -> None:
    monkeypatch.setenv("HUOSHUI_SAMPLE", value)
    assert env.flag("HUOSHUI_SAMPLE", default=not meaning) is meaning


def test_a_switch_that_nobody_set_keeps_its_default() -> None:
    assert env.flag("HUOSHUI_NOT_SET", default=True) is True


def test_a_list_ignores_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUOSHUI_SAMPLE", "a, ,b")
    assert env.items("HUOSHUI_SAMPLE", default="x") == ["a", "b"]


def test_a_secret_from_the_environment_wins_over_the_one_made_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HUOSHUI_SECRET_KEY", "from outside")
    assert env.secret("HUOSHUI_SECRET_KEY") == "from outside"


def test_a_secret_made_here_stays_the_same_and_is_private() -> None:
    assert env.secret("HUOSHUI_SECRET_KEY") == env.secret("HUOSHUI_SECRET_KEY")
    path = env.RUN_DIR / "huoshui-secret-key"
    assert path.stat().st_mode & 0o077 == 0
