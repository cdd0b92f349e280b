-- Both sides of every transfer. `posted` and `pending` are what the row adds to that side's sums:
-- resolving a pending transfer takes its whole amount out of pending, whatever part of it is posted.
CREATE OR REPLACE VIEW public.ledger_entry AS
SELECT t.id AS transfer_id, t.journal_id, t.seq, t.effective_date, t.phase, t.asset_id, t.amount, t.pending_id,
       t.debit_id AS account_id, t.credit_id AS other_id, 'debit'::text AS side,
       CASE WHEN t.phase IN (1, 3) THEN t.amount ELSE 0 END AS posted,
       CASE t.phase WHEN 2 THEN t.amount WHEN 1 THEN 0
            ELSE -(SELECT p.amount FROM public.ledger_transfer p WHERE p.id = t.pending_id) END AS pending
FROM public.ledger_transfer t
UNION ALL
SELECT t.id, t.journal_id, t.seq, t.effective_date, t.phase, t.asset_id, t.amount, t.pending_id,
       t.credit_id, t.debit_id, 'credit'::text,
       CASE WHEN t.phase IN (1, 3) THEN t.amount ELSE 0 END,
       CASE t.phase WHEN 2 THEN t.amount WHEN 1 THEN 0
            ELSE -(SELECT p.amount FROM public.ledger_transfer p WHERE p.id = t.pending_id) END
FROM public.ledger_transfer t;

-- Balances of a book at the end of a day: today's sums less what was effective later. Quick for the
-- recent days that people ask for, right for all of them.
CREATE OR REPLACE FUNCTION ledger.trial_balance(p_book text, p_as_of date)
RETURNS TABLE (account_id bigint, dr_posted bigint, cr_posted bigint, dr_pending bigint, cr_pending bigint)
LANGUAGE sql STABLE AS $$
    WITH later AS (
        SELECT e.account_id,
               sum(e.posted) FILTER (WHERE e.side = 'debit') AS dr_posted,
               sum(e.posted) FILTER (WHERE e.side = 'credit') AS cr_posted,
               sum(e.pending) FILTER (WHERE e.side = 'debit') AS dr_pending,
               sum(e.pending) FILTER (WHERE e.side = 'credit') AS cr_pending
        FROM public.ledger_entry e WHERE e.effective_date > p_as_of GROUP BY e.account_id
    )
    SELECT b.account_id,
           (b.dr_posted - coalesce(l.dr_posted, 0))::bigint, (b.cr_posted - coalesce(l.cr_posted, 0))::bigint,
           (b.dr_pending - coalesce(l.dr_pending, 0))::bigint, (b.cr_pending - coalesce(l.cr_pending, 0))::bigint
    FROM public.ledger_account a
    JOIN public.ledger_accountbalance b ON b.account_id = a.id
    LEFT JOIN later l ON l.account_id = a.id
    WHERE a.book = p_book
$$;
