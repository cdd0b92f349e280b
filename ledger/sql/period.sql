-- Closing a period: whoever posts holds the book's period lock shared, so that after the exclusive
-- lock is ours no posting that saw the period open is still under way.
CREATE OR REPLACE FUNCTION ledger.trial_balance_hash(p_book text, p_as_of date) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT pg_catalog.sha256(convert_to(coalesce(string_agg(
               concat_ws('|', a.code, s.code, a.owner, a.subject, t.dr_posted, t.cr_posted, t.dr_pending, t.cr_pending),
               E'\n' ORDER BY a.code, s.code, a.owner, a.subject), ''), 'UTF8'))
    FROM ledger.trial_balance(p_book, p_as_of) t
    JOIN public.ledger_account a ON a.id = t.account_id
    JOIN public.ledger_asset s ON s.id = a.asset_id
    WHERE (t.dr_posted, t.cr_posted, t.dr_pending, t.cr_pending) <> (0, 0, 0, 0)
$$;

CREATE OR REPLACE FUNCTION ledger.period_lock(p_book text, p_date date, p_at timestamptz, OUT created boolean, OUT hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_last date;
BEGIN
    PERFORM pg_advisory_xact_lock(ledger.period_key(p_book));
    SELECT max(locked_date) INTO v_last FROM public.ledger_periodlock WHERE book = p_book;
    created := v_last IS NULL OR v_last < p_date;
    IF created THEN
        hash := ledger.trial_balance_hash(p_book, p_date);
        INSERT INTO public.ledger_periodlock (book, locked_date, locked_at, trial_balance_hash)
        VALUES (p_book, p_date, p_at, hash);
        RETURN;
    END IF;
    SELECT trial_balance_hash INTO hash FROM public.ledger_periodlock WHERE book = p_book AND locked_date = p_date;
    IF NOT FOUND THEN
        PERFORM ledger.refuse('ledger.period_locked', jsonb_build_object('locked_date', v_last));
    END IF;
END $$;

-- Nobody may call anything here but those that grants.sql names.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
