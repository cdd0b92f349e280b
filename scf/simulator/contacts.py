"""Who stands behind the firms: legal representatives and addresses, with honest coincidences. Pure.

Common names are borne by strangers, industrial parks house many firms, some owners have two
firms, and bookkeeping agencies lend their telephone: sharing one of these proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scf.simulator.draws import Draws
from scf.simulator.values import Firm

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超霞平刚桂英华慧建国文斌玉兰志浩宇晨欣怡子轩梓涵思远若琳"
_COMMON = ("王伟", "李娜", "张敏", "刘洋", "陈静", "李强", "王芳", "张伟")
_ROADS = (
    "海川路",
    "望江路",
    "兴业路",
    "工业大道",
    "松涛街",
    "云帆路",
    "长岭路",
    "汇智路",
    "青石街",
)
_COMMON_NAME_SHARE = 0.02
_PARK_SHARE = 0.06
_SECOND_FIRM_SHARE = 0.012
_AGENCY_PHONE_SHARE = 0.008


class ContactBook:
    """Gives each firm its contacts; firms that come later may share those of earlier ones."""

    def __init__(self, *, draws: Draws) -> None:
        self._draws = draws
        self._last: Firm | None = None

    def fill(self, firms: Iterable[Firm]) -> tuple[Firm, ...]:
        """The firms with legal representative and address."""
        return tuple(self._filled(firm) for firm in firms)

    def _filled(self, firm: Firm) -> Firm:
        draws = self._draws
        owner = self.name_draw()
        address = f"{firm.region}{firm.city}市{draws.pick(_ROADS)}{draws.between(1, 999)}号"
        if draws.chance(_PARK_SHARE):
            address = f"{firm.region}{firm.city}市产业园{draws.between(1, 3)}号楼"
        phone = firm.phone
        if draws.chance(_AGENCY_PHONE_SHARE):
            phone = f"100991000{draws.between(1, 12):02d}"
        if draws.chance(_SECOND_FIRM_SHARE) and self._last is not None:
            owner = self._last.legal_representative
        filled = replace(firm, legal_representative=owner, address=address, phone=phone)
        self._last = filled
        return filled

    def name_draw(self) -> str:
        """A person's name; a few are very common."""
        draws = self._draws
        if draws.chance(_COMMON_NAME_SHARE):
            return draws.pick(_COMMON)
        return draws.pick(_SURNAMES) + draws.pick(_GIVEN) + draws.pick(_GIVEN)
