"""Every refusal of the ledger has a sentence, whose facts the raiser gives."""

import re
from pathlib import Path

from ledger.refusals import REFUSALS

ROOT = Path(__file__).parents[2] / "ledger"


def test_every_code_in_the_source_has_a_sentence_and_every_sentence_a_code() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for pattern in ("**/*.py", "**/*.sql")
        for path in ROOT.glob(pattern)
        if path.name != "refusals.py"
    )
    raised = set(re.findall(r"""DomainError\(\s*["'](ledger\.\w+)""", source))
    raised |= set(re.findall(r"""refuse\(\s*'(ledger\.\w+)""", source))
    raised |= set(re.findall(r"(?:THEN|ELSE) '(ledger\.\w+)' (?:ELSE|END)", source))
    raised |= set(re.findall(r'code="(ledger\.\w+)"', source))
    raised |= set(re.findall(r""": "(ledger\.\w+)",""", source))
    assert raised == set(REFUSALS)
