"""The only reads of this room; import them from here."""

from scf.financing.queries.claims import (
    ClaimFacts,
    ObligorRecord,
    Waiting,
    claim_adjustments,
    claim_facts,
    claim_get,
    claim_of_quote,
    claim_steps,
    claims_awaiting,
    claims_due,
    claims_list,
    claims_table,
    confirmed_date,
    obligor_record,
    receivable_credits_applied,
    receivables_financed,
    steps_count,
)
from scf.financing.queries.open_items import (
    open_items,
)
from scf.financing.queries.quotes import (
    QuoteFacts,
    quote_facts,
    quote_get,
    quotes_list,
    visible,
)
from scf.financing.queries.rights import (
    confirmation_get,
    fingerprint_holder,
    fingerprints_live_elsewhere,
    obligor_public_key,
    registrations_of,
)

__all__ = [
    "ClaimFacts",
    "ObligorRecord",
    "QuoteFacts",
    "Waiting",
    "claim_adjustments",
    "claim_facts",
    "claim_get",
    "claim_of_quote",
    "claim_steps",
    "claims_awaiting",
    "claims_due",
    "claims_list",
    "claims_table",
    "confirmation_get",
    "confirmed_date",
    "fingerprint_holder",
    "fingerprints_live_elsewhere",
    "obligor_public_key",
    "obligor_record",
    "open_items",
    "quote_facts",
    "quote_get",
    "quotes_list",
    "receivable_credits_applied",
    "receivables_financed",
    "registrations_of",
    "steps_count",
    "visible",
]
