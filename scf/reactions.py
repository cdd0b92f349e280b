"""Which event causes which work. A table: names only, the effects are in ``scf.tasks``."""

from __future__ import annotations

from collections.abc import Mapping

REACTIONS: Mapping[str, tuple[str, ...]] = {
    "imports.batch.received": ("import.run",),
    "imports.batch.committed": ("match.run",),
    "imports.batch.undone": ("match.run",),
    "trade.receivable.changed": ("credit.apply",),
    "financing.quote.accepted": ("claim.check",),
    "financing.claim.matched": ("notify",),
    "financing.claim.confirmed": ("claim.register", "notify"),
    "financing.claim.registered": ("notify",),
    "financing.claim.diluted": ("notify",),
    "financing.claim.misdirected": ("notify",),
    "financing.claim.written_off": ("notify",),
    "financing.payment.due": ("notify",),
    "financing.payment.grace": (),
    "financing.payment.overdue": ("notify",),
    "financing.payment.defaulted": ("notify",),
    "products.series.listed": ("notify",),
    "products.series.funded": ("notify",),
    "products.series.issued": ("payout.prepare", "notify"),
    "products.series.cancelled": ("notify",),
    "products.series.distributed": ("payout.prepare", "notify"),
    "products.subscription.placed": (),
    "risk.run.requested": ("chain.assess",),
    "risk.run.finished": (),
    "settlement.statement.received": ("entries.apply",),
    "settlement.batch.approved": ("payout.send",),
    "settlement.entry.exception": ("notify",),
    "settlement.statement.held": ("notify",),
    "settlement.payout.sent": (),
    "settlement.payout.confirmed": (),
    "settlement.payout.rejected": ("notify",),
    "settlement.payout.returned": ("notify",),
    "settlement.allocation.undone": (),
    "network.day_end.requested": ("day.end",),
    "network.advance.requested": ("day.advance",),
    "network.day_end.finished": ("chain.assess_due", "notify"),
}
