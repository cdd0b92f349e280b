import re
from pathlib import Path

from risk.refusals import REFUSALS

ROOT = Path(__file__).parents[2] / "risk"
CODE = re.compile(r"""DomainError\(\s*["'](risk\.\w+)["']""")


def test_every_refusal_has_a_sentence_and_every_sentence_a_refusal() -> None:
    raised = {code for path in ROOT.rglob("*.py") for code in CODE.findall(path.read_text())}
    assert raised == set(REFUSALS)
