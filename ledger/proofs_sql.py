"""The proofs' questions to the database. Each lists what is wrong, so that no rows means proved."""

# Debits equal credits, posted and pending, in every asset: true by construction, so that a difference
# means that a balance row was touched by something other than the door.
CONSERVATION = """
SELECT s.code, (abs(sum(b.dr_posted) - sum(b.cr_posted)) + abs(sum(b.dr_pending) - sum(b.cr_pending)))::bigint
FROM ledger_account a JOIN ledger_asset s ON s.id = a.asset_id JOIN ledger_accountbalance b ON b.account_id = a.id
WHERE a.book = %s GROUP BY s.code
HAVING sum(b.dr_posted) <> sum(b.cr_posted) OR sum(b.dr_pending) <> sum(b.cr_pending)
"""

# The running balances equal the sums of all transfers from zero.
BALANCES = """
WITH sums AS (
    SELECT e.account_id,
           coalesce(sum(e.posted) FILTER (WHERE e.side = 'debit'), 0) AS dr_posted,
           coalesce(sum(e.posted) FILTER (WHERE e.side = 'credit'), 0) AS cr_posted,
           coalesce(sum(e.pending) FILTER (WHERE e.side = 'debit'), 0) AS dr_pending,
           coalesce(sum(e.pending) FILTER (WHERE e.side = 'credit'), 0) AS cr_pending
    FROM ledger_account o JOIN ledger_entry e ON e.account_id = o.id WHERE o.book = %(book)s GROUP BY e.account_id
)
SELECT concat_ws(' ', a.code, nullif(a.owner, ''), nullif(a.subject, '')),
       (abs(coalesce(b.dr_posted, 0) - coalesce(t.dr_posted, 0)) + abs(coalesce(b.cr_posted, 0) - coalesce(t.cr_posted, 0))
      + abs(coalesce(b.dr_pending, 0) - coalesce(t.dr_pending, 0)) + abs(coalesce(b.cr_pending, 0) - coalesce(t.cr_pending, 0)))::bigint
FROM ledger_account a
LEFT JOIN ledger_accountbalance b ON b.account_id = a.id
LEFT JOIN sums t ON t.account_id = a.id
WHERE a.book = %(book)s
  AND (b.account_id IS NULL
       OR (b.dr_posted, b.cr_posted, b.dr_pending, b.cr_pending)
          IS DISTINCT FROM (coalesce(t.dr_posted, 0), coalesce(t.cr_posted, 0), coalesce(t.dr_pending, 0), coalesce(t.cr_pending, 0)))
"""

# What foreign keys would say: transfers name accounts of their own book and asset and an existing
# journal; every resolution resolves one pending transfer of the same accounts, not beyond its amount.
REFERENCES = """
WITH named AS (
    SELECT t.*, j.book FROM ledger_transfer t JOIN ledger_journal j ON j.id = t.journal_id WHERE j.book = %(book)s
), wrong AS (
    SELECT t.id FROM named t
    LEFT JOIN ledger_account d ON d.id = t.debit_id AND d.asset_id = t.asset_id AND d.book = t.book
    LEFT JOIN ledger_account c ON c.id = t.credit_id AND c.asset_id = t.asset_id AND c.book = t.book
    WHERE d.id IS NULL OR c.id IS NULL
    UNION ALL
    SELECT t.id FROM named t
    LEFT JOIN ledger_pendingresolution r ON r.pending_id = t.pending_id AND r.transfer_id = t.id
    LEFT JOIN ledger_transfer p ON p.id = t.pending_id
    WHERE t.phase IN (3, 4)
      AND (r.pending_id IS NULL OR p.id IS NULL OR p.phase <> 2
           OR (p.debit_id, p.credit_id) <> (t.debit_id, t.credit_id) OR t.amount > p.amount)
    UNION ALL
    SELECT t.id FROM ledger_transfer t LEFT JOIN ledger_journal j ON j.id = t.journal_id WHERE j.id IS NULL
)
SELECT 'transfer ' || id, 1 FROM wrong
UNION ALL
SELECT 'journal ' || j.id, 1 FROM ledger_journal j
WHERE j.book = %(book)s AND NOT EXISTS (SELECT FROM ledger_transfer t WHERE t.journal_id = j.id)
"""

# Proof 2, from the transfers: no client money account but the escrow mirror has a debit balance.
CLIENT_MONEY = """
SELECT concat_ws(' ', a.code, nullif(a.owner, ''), nullif(a.subject, '')),
       (sum(e.posted) FILTER (WHERE e.side = 'debit') - coalesce(sum(e.posted) FILTER (WHERE e.side = 'credit'), 0))::bigint
FROM ledger_account a JOIN ledger_asset s ON s.id = a.asset_id JOIN ledger_entry e ON e.account_id = a.id
WHERE a.book = %s AND s.kind = 'currency' AND a.code <> 'bank.escrow'
GROUP BY a.id
HAVING sum(e.posted) FILTER (WHERE e.side = 'debit') > coalesce(sum(e.posted) FILTER (WHERE e.side = 'credit'), 0)
"""

# Proof 3: authorised = unissued + held + redeemed, and nothing ever leaves redeemed.
UNITS = """
SELECT s.code, (coalesce(sum(b.dr_posted - b.cr_posted) FILTER (WHERE a.code = 'authorised'), 0)
              - coalesce(sum(b.cr_posted - b.dr_posted) FILTER (WHERE a.code IN ('issue', 'held', 'redeemed')), 0))::bigint
FROM ledger_account a JOIN ledger_asset s ON s.id = a.asset_id JOIN ledger_accountbalance b ON b.account_id = a.id
WHERE a.book = %s AND s.kind = 'unit'
GROUP BY s.code
HAVING coalesce(sum(b.dr_posted - b.cr_posted) FILTER (WHERE a.code = 'authorised'), 0)
    <> coalesce(sum(b.cr_posted - b.dr_posted) FILTER (WHERE a.code IN ('issue', 'held', 'redeemed')), 0)
    OR coalesce(sum(b.dr_posted) FILTER (WHERE a.code = 'redeemed'), 0) <> 0
"""

# Proof 4. Principal outstanding comes from the books alone: what investors' holds paid for the series,
# less what holders were paid beyond their yield; nothing once no unit is held.
ENTITLEMENT = """
WITH money AS (
    SELECT a.id, a.code, a.owner, a.subject, s.kind, s.code AS asset, b.dr_posted, b.cr_posted
    FROM ledger_account a JOIN ledger_asset s ON s.id = a.asset_id JOIN ledger_accountbalance b ON b.account_id = a.id
    WHERE a.book = %(book)s
), issued AS (
    SELECT subject AS series, sum(dr_posted) AS principal FROM money
    WHERE code = 'hold' AND kind = 'currency' GROUP BY subject
), units AS (
    SELECT subject AS series, sum(cr_posted - dr_posted) AS held FROM money WHERE code = 'held' GROUP BY subject
), yield_paid AS (
    SELECT a.owner AS series, sum(t.amount) AS paid
    FROM money a JOIN ledger_transfer t ON t.debit_id = a.id AND t.phase IN (1, 3)
    JOIN ledger_journal j ON j.id = t.journal_id AND j.kind <> %(reversed)s
    WHERE a.code = 'due' GROUP BY a.owner
), cash_paid AS (
    SELECT a.owner AS series, sum(t.amount) AS paid
    FROM money a JOIN ledger_transfer t ON t.debit_id = a.id AND t.phase IN (1, 3)
    JOIN ledger_account c ON c.id = t.credit_id AND c.code = 'available'
    WHERE a.code = 'collection' GROUP BY a.owner
), collected AS (
    SELECT owner AS series, sum(cr_posted - dr_posted) AS held FROM money WHERE code = 'collection' GROUP BY owner
), claims AS (
    SELECT m.owner AS series, sum(m.cr_posted - m.dr_posted) AS net FROM money m
    WHERE m.code = 'entitled' AND split_part(m.asset, '.', 2) IN ('claim', 'recourse') GROUP BY m.owner
), written_off AS (
    SELECT e.owner AS series, sum(w.dr_posted - w.cr_posted) AS net
    FROM money w JOIN money e ON e.code = 'entitled' AND e.asset = w.asset AND e.subject = w.subject
    WHERE w.code = 'obligor_written_off' GROUP BY e.owner
)
SELECT i.series,
       (coalesce(c.net, 0) - coalesce(w.net, 0))::bigint, coalesce(k.held, 0)::bigint,
       CASE WHEN u.held > 0
            THEN greatest(i.principal - greatest(coalesce(p.paid, 0) - coalesce(y.paid, 0), 0), 0) ELSE 0 END::bigint
FROM issued i
LEFT JOIN units u USING (series) LEFT JOIN claims c USING (series) LEFT JOIN written_off w USING (series)
LEFT JOIN collected k USING (series) LEFT JOIN cash_paid p USING (series) LEFT JOIN yield_paid y USING (series)
ORDER BY i.series
"""

ESCROW_BY_DAY = """
SELECT e.effective_date, (coalesce(sum(e.posted) FILTER (WHERE e.side = 'debit'), 0)
                        - coalesce(sum(e.posted) FILTER (WHERE e.side = 'credit'), 0))::bigint
FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
WHERE a.book = %s AND a.code = 'bank.escrow' AND e.posted <> 0
GROUP BY e.effective_date ORDER BY e.effective_date
"""

# Proof 5: fees earned before the open business date whose sweep has not been instructed.
FEES = """
SELECT concat_ws(' ', a.code, nullif(a.owner, '')), sum(CASE WHEN e.side = 'debit' THEN -(e.posted + e.pending)
                                                 WHEN e.effective_date < %(day)s THEN e.posted ELSE 0 END)::bigint
FROM ledger_account a JOIN ledger_entry e ON e.account_id = a.id
WHERE a.book = %(book)s AND a.code = 'fee_payable'
GROUP BY a.id
HAVING sum(CASE WHEN e.side = 'debit' THEN -(e.posted + e.pending) WHEN e.effective_date < %(day)s THEN e.posted ELSE 0 END) > 0
"""
