"""The platform's bank statements that show financed cash leave for the firms. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scf.simulator.bank.desk import statement_make
from scf.simulator.bank.sheet import bank_sheet_render
from scf.simulator.bank.values import EscrowAccount, Incoming, Instruction
from scf.simulator.frauds.scene import Scene
from scf.simulator.frauds.values import Payout

ESCROW = EscrowAccount("6888000000000001", "活水平台专用托管账户", "中国工商银行临江分行")
_INVESTOR = "600100200300400"


def payout_statements(*, scene: Scene) -> Iterator[tuple[str, bytes]]:
    """(file name, content), a statement for each day on which the platform paid out."""
    last = scene.cast.chain.spec.last_date
    by_day: dict[str, list[Payout]] = defaultdict(list)
    for payout in scene.payouts:
        if payout.day <= last:
            by_day[payout.day.isoformat()].append(payout)
    known = (*scene.cast.chain.firms(), *scene.cast.shells)
    firms = {firm.code: firm for firm in known}
    for name in sorted(by_day):
        payouts = sorted(by_day[name], key=lambda p: (p.code, p.amount_minor))
        day = payouts[0].day
        instructions = [
            Instruction(
                end_to_end_id=f"SIM{day:%Y%m%d}{line:05d}",
                amount_minor=payout.amount_minor,
                name=firms[payout.code].name,
                account=firms[payout.code].bank_account,
                text="融资款",
            )
            for line, payout in enumerate(payouts, start=1)
        ]
        funded = Incoming(
            amount_minor=sum(payout.amount_minor for payout in payouts),
            name="投资人募集户",
            account=_INVESTOR,
            text="认购款",
        )
        statement = statement_make(
            account=ESCROW,
            day=day,
            sequence=1,
            opening_minor=0,
            incoming=[funded],
            instructions=instructions,
        )
        yield f"{day:%Y%m%d}.csv", bank_sheet_render(statement=statement)
