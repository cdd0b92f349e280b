"""Opaque references of the ledger in words: parties, series and claims by name, in a few queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.urls import reverse

from ledger.values import AccountRef
from scf.financing.queries import claims_by_ids
from scf.network.queries import parties_get
from scf.network.values import ref_id
from scf.portals.words import account_word
from scf.products.queries import series_by_ids


def refs_named(refs: Iterable[str]) -> Mapping[str, str]:
    """``party:12`` -> short name, ``series:5`` -> number, ``claim:7`` -> number."""
    wanted: dict[str, set[int]] = {"party": set(), "series": set(), "claim": set()}
    for ref in refs:
        kind = ref.partition(":")[0]
        if kind in wanted:
            wanted[kind].add(ref_id(ref))
    named = {}
    for party in parties_get(party_ids=wanted["party"]).values():
        named[party.ref] = party.short_name
    for series in series_by_ids(series_ids=wanted["series"]).values():
        named[f"series:{series.id}"] = series.number
    for claim in claims_by_ids(claim_ids=wanted["claim"]).values():
        named[f"claim:{claim.id}"] = claim.number
    return named


def account_text(ref: AccountRef, named: Mapping[str, str]) -> str:
    """已认购 · 怀谷稳健一号 · R-2603-01: the account's code in words, whose it is and what for."""
    parts = [str(account_word(ref.code))]
    parts += [named.get(one, one) for one in (ref.owner, ref.subject) if one]
    return " · ".join(parts)


def account_href(ref: AccountRef) -> str:
    """The statement of one account."""
    query = {"code": ref.code, "asset": ref.asset, "owner": ref.owner, "subject": ref.subject}
    return f"{reverse('auditor:account')}?{urlencode(query)}"
