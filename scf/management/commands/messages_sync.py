"""Bring the catalogues in line with the source and compile them, without system gettext."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand

from scf.management.messages import Message, messages_find

LOCALES = ("en", "zh_Hant")
HEADER = "# Huoshui 活水. The source texts are Simplified Chinese.\n#"
# The catalogues change when their texts do, not when they are written.
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = "Collect the texts for people into locale/, keep what is translated, compile."

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.LOCALE_PATHS[0]).parent
        messages = messages_find(root=root)
        for locale in LOCALES:
            folder = root / "locale" / locale / "LC_MESSAGES"
            folder.mkdir(parents=True, exist_ok=True)
            catalog = catalog_sync(locale=locale, path=folder / "django.po", messages=set(messages))
            with (folder / "django.po").open("wb") as file:
                write_po(file, catalog, width=0, sort_output=True, no_location=True)
            with (folder / "django.mo").open("wb") as file:
                write_mo(file, catalog)
            missing = untranslated(catalog)
            self.stdout.write(f"{locale}: {len(messages)} texts, {len(missing)} untranslated")


def catalog_sync(*, locale: str, path: Path, messages: set[Message]) -> Catalog:
    """A catalogue of exactly these messages, with the translations that the file has for them."""
    old = Catalog(locale=locale)
    if path.exists():
        with path.open("rb") as file:
            old = read_po(file, locale=locale)
    new = Catalog(
        locale=locale,
        project="huoshui",
        version="1",
        header_comment=HEADER,
        creation_date=WRITTEN,
        revision_date=WRITTEN,
        last_translator="Huoshui",
        language_team="Huoshui",
        fuzzy=False,
    )
    for message in sorted(messages):
        key = (message.text, message.plural) if message.plural else message.text
        known = old.get(message.text, message.context or None)
        said = _forms(known.string if known is not None else None)
        if message.plural:
            # A text that was singular before serves all forms until somebody looks.
            full = said if len(said) == new.num_plurals else said[:1] * new.num_plurals
            new.add(key, full or None, context=message.context or None)
        else:
            new.add(key, said[0] if said else None, context=message.context or None)
    return new


def _forms(string: object) -> tuple[str, ...]:
    """The plural forms of a translation, one for a plain text, none where nothing is said."""
    if isinstance(string, str):
        return (string,) if string else ()
    if isinstance(string, (tuple, list)):
        return tuple(str(one) for one in string) if all(string) else ()
    return ()


def untranslated(catalog: Catalog) -> list[str]:
    """The texts that the catalogue has no words for, in any of their plural forms."""
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalog
        if message.id and not _forms(message.string)
    ]
