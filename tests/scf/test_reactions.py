"""Every event has a line, every work kind an effect, every told event its words."""

import ast

from scf.journeys.notifying import NOTICES
from scf.portals.notices import NOTICES as SENTENCES
from scf.reactions import REACTIONS
from scf.tasks import EFFECTS, STEPPED
from tests.support.source import calls, modules


def emitted() -> set[str]:
    """Event names in the source; an f-string stands for every name with its beginning."""
    names = set()
    for module in modules():
        for node, name, _dotted in calls(module):
            if name != "event_emit":
                continue
            value = next(word.value for word in node.keywords if word.arg == "name")
            if isinstance(value, ast.Constant):
                names.add(str(value.value))
            elif isinstance(value, ast.JoinedStr):
                head = value.values[0]
                assert isinstance(head, ast.Constant)
                assert isinstance(head.value, str)
                names.add(f"{head.value}*")
    return names


def test_every_event_has_a_line_and_every_line_an_event() -> None:
    found = emitted()
    families = {name[:-1] for name in found if name.endswith("*")}
    plain = {name for name in found if not name.endswith("*")}
    assert plain <= set(REACTIONS), plain - set(REACTIONS)
    for family in families:
        assert any(name.startswith(family) for name in REACTIONS), family
    for name in set(REACTIONS) - plain:
        assert any(name.startswith(family) for family in families), name


def test_every_work_kind_has_an_effect() -> None:
    kinds = {kind for line in REACTIONS.values() for kind in line}
    assert kinds <= set(EFFECTS) | set(STEPPED)
    assert not set(EFFECTS) & set(STEPPED)


def test_what_is_told_has_recipients_and_words() -> None:
    told = {name for name, kinds in REACTIONS.items() if "notify" in kinds}
    assert told == set(NOTICES)
    assert told <= set(SENTENCES)
