"""From a receivable to an assigned claim: quote, claim, fingerprint, confirmation, registration.

Lives here: what the supplier is offered and gives up, what the obligor signs, what the
register says. May not live here: units and investors (products), money at the bank
(settlement). May import: settlement, trade, network, and the ledger's and risk's queries.
"""
