"""Read the payment files the platform sends: pain.001 credit transfers. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

from scf.simulator.bank.values import Instruction


def payment_file_read(*, content: bytes) -> tuple[Instruction, ...]:
    """The credit transfers of a pain.001 file, any version, in file order.

    Raises ValueError when the control sum or the number of transactions disagrees.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(content, parser)
    instructions = tuple(_instruction_read(node) for node in root.iter("{*}CdtTrfTxInf"))
    header = next(root.iter("{*}GrpHdr"))
    if int(_text(header, ("NbOfTxs",))) != len(instructions):
        raise ValueError("NbOfTxs disagrees with the transactions")
    control = _text(header, ("CtrlSum",))
    if control and _minor(control) != sum(item.amount_minor for item in instructions):
        raise ValueError("CtrlSum disagrees with the transactions")
    return instructions


def _instruction_read(node: Any) -> Instruction:
    return Instruction(
        end_to_end_id=_text(node, ("PmtId", "EndToEndId")),
        amount_minor=_minor(_text(node, ("Amt", "InstdAmt"))),
        name=_text(node, ("Cdtr", "Nm")),
        account=_text(node, ("CdtrAcct", "Id", "Othr", "Id")),
        text=_text(node, ("RmtInf", "Ustrd")),
    )


def _text(node: Any, path: Iterable[str]) -> str:
    found = node.find("/".join(f"{{*}}{name}" for name in path))
    return (found.text or "").strip() if found is not None else ""


def _minor(text: str) -> int:
    whole, _, rest = text.partition(".")
    return int(whole) * 100 + int(rest.ljust(2, "0")[:2])
