"""A folder of simulated files to the chain's facts, through the importer's own readers.

Files are read by the parsers, firms found by the resolver and lines turned into flows by the
code that serves the database; only the storing in between is left out, which takes minutes a
chain and changes nothing that a check sees. Bank statements give the financed cash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from risk.facts import Facts, PartyFact, ProceedsFact
from risk.snapshot import Snapshot, snapshot_build
from scf.imports.chunks import Resolver
from scf.imports.parsers.bank_csv import bank_csv_parse
from scf.imports.parsers.containers import Blob
from scf.imports.parsers.read import plan_read
from scf.imports.plan import ParsedDocument, ParsedParty, Plan
from scf.journeys.contact_keys import contact_keys
from scf.journeys.flow_columns import flow_columns, pairs_exempt
from scf.journeys.importing import import_limits
from scf.network.queries import PartyContacts
from scf.network.values import party_ref
from scf.simulator.population import GROUP_NAME
from scf.trade.flow_lines import FlowLine
from scf.trade.numbering import invoice_number_normalise

TABLES = ("parties", "orders", "despatches", "receipts", "invoices", "payments")
_CHAIN_ROLES = frozenset({"obligor", "supplier", "distributor"})


@dataclass(frozen=True, slots=True)
class ReadChain:
    """A chain as read. `codes` leads from a firm's code to its reference."""

    snapshot: Snapshot
    codes: dict[str, str]
    rows: int
    quarantined: int


def chain_read(*, folder: Path, as_of: date) -> ReadChain:
    """Read the six tables and the folder `bank` of a simulated chain as of a day."""
    blobs = [Blob(f"{name}.csv", (folder / f"{name}.csv").read_bytes()) for name in TABLES]
    plan = plan_read(blobs=blobs, limits=import_limits())
    del blobs
    book = _PartyBook(plan)
    lines = _lines(plan, book.find, as_of)
    facts = Facts(
        parties=tuple(book.facts()),
        flows=flow_columns(lines),
        exempt_pairs=pairs_exempt(lines),
        proceeds=tuple(_proceeds(folder / "bank", book)),
    )
    return ReadChain(
        snapshot=snapshot_build(facts, as_of=as_of),
        codes={code: party_ref(number) for (_, _, code), number in book.by_code.items()},
        rows=plan.row_count,
        quarantined=sum(
            row.outcome is not None and str(row.outcome) == "quarantined"
            for file in plan.files
            for row in file.rows
        ),
    )


class _PartyBook:
    """Firms by tax id and by code, as the importer stores them."""

    def __init__(self, plan: Plan) -> None:
        self.by_code: dict[tuple[str, str, str], int] = {}
        self.by_account: dict[str, int] = {}
        self.parties: dict[int, ParsedParty] = {}
        self.roles: dict[int, set[str]] = {}
        numbers: dict[str, int] = {}
        for party in plan.parties:
            number = numbers.setdefault(party.tax_id or party.code, len(numbers) + 1)
            self.parties.setdefault(number, party)
            self.roles.setdefault(number, set()).update({party.role} & _CHAIN_ROLES)
            for code in party.codes:
                self.by_code[code] = number
            if party.row is not None:
                self._account(plan, party, number)

    def _account(self, plan: Plan, party: ParsedParty, number: int) -> None:
        row = party.row
        if row is not None:
            headers = plan.files[row.file_no].headers
            account = dict(zip(headers, row.cells, strict=False)).get("bank_account", "")
            self.by_account.setdefault(account, number)

    def find(self, system: str, kind: str, code: str) -> int | None:
        return self.by_code.get((system, kind, code))

    def facts(self) -> Iterator[PartyFact]:
        for number, party in self.parties.items():
            roles = self.roles[number]
            told = PartyContacts(party.legal_representative, party.phone, party.address)
            yield PartyFact(
                ref=party_ref(number),
                name=party.name,
                group=GROUP_NAME if "obligor" in roles else "",
                roles=tuple(sorted(roles)),
                sector=party.sector,
                **contact_keys(told),
            )


def _lines(
    plan: Plan, find: Callable[[str, str, str], int | None], until: date
) -> dict[str, list[FlowLine]]:
    resolver = Resolver(find=find)
    found: dict[str, list[FlowLine]] = {}
    documents = sorted(plan.documents, key=lambda document: document.document_date)
    number = 0
    for document_id, document in enumerate(documents, start=1):
        parties = resolver.parties_of(document)
        if isinstance(parties, str) or document.document_date > until:
            continue
        for line in _document_lines(document, document_id, parties, number):
            found.setdefault(document.kind, []).append(line)
            number = line.id
    return found


def _document_lines(
    document: ParsedDocument, document_id: int, parties: tuple[int, int], number: int
) -> Iterator[FlowLine]:
    for place, line in enumerate(document.lines, start=number + 1):
        yield FlowLine(
            id=place,
            document_id=document_id,
            source_system=document.source_system,
            company_code=document.company_code,
            number=document.number,
            reference=document.reference,
            number_key=invoice_number_normalise(document.reference or document.number),
            seller_id=parties[0],
            buyer_id=parties[1],
            document_date=document.document_date,
            due_date=document.due_date,
            terms_days=document.terms_days,
            line_no=line.line_no,
            item_code=line.item_code,
            unit=line.unit,
            qty_micro=line.qty_micro,
            price_micro=line.price_micro,
            price_unit=line.price_unit,
            net_minor=line.net_minor,
            tax_minor=line.tax_minor,
            line_type=line.line_type,
            line_state=line.line_state,
            line_date=line.line_date,
            order_number=line.order_number,
            order_line_no=line.order_line_no,
            ref_number=line.ref_number,
            ref_line_no=line.ref_line_no,
        )


def _proceeds(folder: Path, book: _PartyBook) -> Iterator[ProceedsFact]:
    for path in sorted(folder.glob("*.csv")):
        for statement in bank_csv_parse(content=path.read_bytes()):
            for entry in statement.entries:
                number = book.by_account.get(entry.counterparty_account)
                if entry.amount_minor < 0 and number is not None:
                    yield ProceedsFact(
                        party_ref(number),
                        entry.value_date,
                        -entry.amount_minor,
                        entry.end_to_end_id,
                    )
