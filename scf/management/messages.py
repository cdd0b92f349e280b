"""Find every text for people in our own source: Python and templates. Pure; needs no gettext.

The texts are Simplified Chinese and serve as their own catalogue; English and Traditional Chinese
are translated from them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template.base import Lexer, Token, TokenType
from django.utils.text import smart_split
from django.utils.translation import trim_whitespace

PLAIN = {"gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
PLURAL_IN_CONTEXT = {"npgettext", "npgettext_lazy"}
ALL = PLAIN | PLURAL | IN_CONTEXT | PLURAL_IN_CONTEXT
_CALL = re.compile(r"""\b_\((?P<quote>["'])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)\)""")


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A text for people: context and plural are empty where there is none."""

    text: str
    context: str = ""
    plural: str = ""


def messages_find(*, root: Path) -> dict[Message, set[str]]:
    """Every message of the packages and templates under ``root``, with the files that use it."""
    found: dict[Message, set[str]] = {}
    for path in sorted(_files(root)):
        source = path.read_text("utf-8")
        read = python_messages if path.suffix == ".py" else template_messages
        for message in read(source):
            found.setdefault(message, set()).add(str(path.relative_to(root)))
    return found


def _files(root: Path) -> Iterator[Path]:
    for package in ("ledger", "risk", "scf"):
        yield from (path for path in (root / package).rglob("*.py"))
    yield from (root / "templates").rglob("*.html")


def python_messages(source: str) -> Iterator[Message]:
    """Messages in calls of Django's gettext functions, under whatever name they were imported."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in ALL
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = [
                arg.value
                for arg in node.args
                if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            ]
            yield from _message(names.get(node.func.id, ""), texts)


def _message(function: str, texts: list[str]) -> Iterator[Message]:
    if function in PLAIN and texts:
        yield Message(texts[0])
    elif function in PLURAL and len(texts) > 1:
        yield Message(texts[0], plural=texts[1])
    elif function in IN_CONTEXT and len(texts) > 1:
        yield Message(texts[1], context=texts[0])
    elif function in PLURAL_IN_CONTEXT and len(texts) > 2:
        yield Message(texts[1], context=texts[0], plural=texts[2])


def template_messages(source: str) -> Iterator[Message]:
    """Messages in translate and blocktranslate tags and in ``_("...")`` arguments."""
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type not in (TokenType.BLOCK, TokenType.VAR):
            continue
        for call in _CALL.finditer(token.contents):
            yield Message(call["text"])
        words = list(smart_split(token.contents))
        if token.token_type is not TokenType.BLOCK or not words:
            continue
        if words[0] in ("translate", "trans"):
            yield Message(words[1][1:-1], context=_option(words, "context"))
        elif words[0] in ("blocktranslate", "blocktrans"):
            yield _block(tokens, words)


def _option(words: list[str], name: str) -> str:
    """The quoted word after ``name``; empty when the option is not there."""
    return words[words.index(name) + 1][1:-1] if name in words else ""


def _block(tokens: Iterator[Token], words: list[str]) -> Message:
    parts: list[str] = [""]
    for token in tokens:
        if token.token_type is TokenType.TEXT:
            parts[-1] += token.contents.replace("%", "%%")
        elif token.token_type is TokenType.VAR:
            parts[-1] += f"%({token.contents})s"
        elif token.contents.strip() == "plural":
            parts.append("")
        elif token.contents.startswith("end"):
            break
    if "trimmed" in words:
        parts = [trim_whitespace(part) for part in parts]
    return Message(parts[0], context=_option(words, "context"), plural="".join(parts[1:]))
