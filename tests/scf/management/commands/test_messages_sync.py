"""The catalogues hold exactly the texts of the source, and every one is translated."""

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.conf import settings as live
from django.core.management import call_command

from scf.management.commands.messages_sync import LOCALES, catalog_sync, untranslated
from scf.management.messages import Message, messages_find
from tests.support.source import ROOT

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "首页"
msgstr "Home"

msgid "旧的"
msgstr "Gone"

msgid "%(n)s 笔"
msgstr "%(n)s items"
"""


def test_what_is_translated_stays_and_what_is_gone_goes(tmp_path: Path) -> None:
    (tmp_path / "django.po").write_text(PO)
    catalog = catalog_sync(
        locale="en",
        path=tmp_path / "django.po",
        messages={Message("首页"), Message("新的"), Message("%(n)s 笔", plural="%(n)s 笔")},
    )
    assert {str(message.id) for message in catalog if message.id} == {"首页", "新的", "('%(n)s 笔', '%(n)s 笔')"}  # fmt: skip
    assert untranslated(catalog) == ["新的"]


def test_the_command_writes_and_compiles(tmp_path: Path, settings: Any) -> None:
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    for package in ("ledger", "risk", "scf", "templates"):
        (tmp_path / package).mkdir()
    (tmp_path / "templates/a.html").write_text('{% translate "首页" %}')
    out = StringIO()
    call_command("messages_sync", stdout=out)
    assert out.getvalue().splitlines() == ["en: 1 texts, 1 untranslated", "zh_Hant: 1 texts, 1 untranslated"]  # fmt: skip
    assert (tmp_path / "locale/zh_Hant/LC_MESSAGES/django.mo").exists()
    first = (tmp_path / "locale/en/LC_MESSAGES/django.po").read_bytes()
    call_command("messages_sync", stdout=out)
    assert (tmp_path / "locale/en/LC_MESSAGES/django.po").read_bytes() == first


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_is_translated(locale: str) -> None:
    path = Path(live.LOCALE_PATHS[0]) / locale / "LC_MESSAGES/django.po"
    catalog = catalog_sync(locale=locale, path=path, messages=set(messages_find(root=ROOT)))
    assert untranslated(catalog) == [], "run bin/manage messages_sync and translate"


PLACE = re.compile(r"%\((\w+)\)[sd]")


@pytest.mark.parametrize("locale", LOCALES)
def test_translations_name_the_same_facts(locale: str) -> None:
    path = Path(live.LOCALE_PATHS[0]) / locale / "LC_MESSAGES/django.po"
    with path.open("rb") as file:
        catalog = read_po(file, locale=locale)
    wrong = [
        string
        for message in catalog
        if message.id
        for string in (
            [message.string] if isinstance(message.string, str) else message.string or ()
        )
        if string and facts(string) != facts(message.id)
    ]
    assert wrong == []


def facts(text: object) -> set[str]:
    return set(PLACE.findall(text if isinstance(text, str) else str(text)))
