from __future__ import annotations

import pytest

from scf.simulator.bank.pain import payment_file_read
from scf.simulator.bank.values import Instruction

_FILE = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>
<GrpHdr><MsgId>HS1B1</MsgId><NbOfTxs>{count}</NbOfTxs><CtrlSum>{total}</CtrlSum></GrpHdr>
<PmtInf><PmtInfId>HS1B1</PmtInfId>
<CdtTrfTxInf><PmtId><EndToEndId>HS1B1N1</EndToEndId></PmtId>
<Amt><InstdAmt Ccy="CNY">935813.46</InstdAmt></Amt>
<Cdtr><Nm>澄岳注塑科技有限公司</Nm></Cdtr>
<CdtrAcct><Id><Othr><Id>6530673473714471</Id></Othr></Id></CdtrAcct>
<RmtInf><Ustrd>放款</Ustrd></RmtInf></CdtTrfTxInf></PmtInf></CstmrCdtTrfInitn></Document>"""


def test_credit_transfers_are_read() -> None:
    content = _FILE.format(count=1, total="935813.46").encode()
    assert payment_file_read(content=content) == (
        Instruction(
            end_to_end_id="HS1B1N1",
            amount_minor=93_581_346,
            name="澄岳注塑科技有限公司",
            account="6530673473714471",
            text="放款",
        ),
    )


@pytest.mark.parametrize(("count", "total"), [(2, "935813.46"), (1, "935813.45")])
def test_a_file_that_disagrees_with_itself_is_refused(count: int, total: str) -> None:
    with pytest.raises(ValueError, match="disagrees"):
        payment_file_read(content=_FILE.format(count=count, total=total).encode())
