-- Legs name accounts by their place in the account arrays (from 1) and journals likewise; those that
-- resolve a pending transfer name it instead and take its accounts. Results stand in the order given.
-- Plans are kept for calls of any size: arrays meet tables by an index only, never each other, and no
-- plan made while the books were small reads a whole table later.
CREATE OR REPLACE FUNCTION ledger.post(
    p_book text,
    p_keys text[], p_hashes bytea[], p_kinds text[], p_dates date[], p_booked timestamptz[], p_memos jsonb[],
    p_codes text[], p_assets text[], p_owners text[], p_subjects text[],
    p_journal int[], p_seq int[], p_debit int[], p_credit int[],
    p_amount bigint[], p_phase smallint[], p_pending bigint[],
    OUT journal_ids bigint[], OUT created boolean[], OUT transfer_ids bigint[]
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
    v_made bigint[];        -- ids of the journals that are new, NULL for those posted before
    v_accounts bigint[];
    v_account_assets bigint[];
    v_pending_debit bigint[];
    v_pending_credit bigint[];
    v_pending_asset bigint[];
    v_pending_amount bigint[];
    v_resolves boolean;
    v_mixed boolean;
    v_replayed boolean;
    v_count bigint;
    v_bad record;
    v_moved bigint[]; v_dr bigint[]; v_cr bigint[]; v_drp bigint[]; v_crp bigint[];
BEGIN
    PERFORM pg_advisory_xact_lock_shared(ledger.period_key(p_book));

    -- Keys: the first to insert one owns it; a second sender of the same key waits here.
    v_made := ARRAY(SELECT nextval('public.ledger_journal_id_seq') FROM generate_series(1, cardinality(p_keys)));
    INSERT INTO public.ledger_journal (id, key, request_hash, kind, book, effective_date, booked_at, memo)
    SELECT w.id, w.key, w.hash, w.kind, p_book, w.effective_date, w.booked_at, w.memo
    FROM unnest(v_made, p_keys, p_hashes, p_kinds, p_dates, p_booked, p_memos)
         AS w(id, key, hash, kind, effective_date, booked_at, memo)
    ORDER BY w.key
    ON CONFLICT (key) DO NOTHING;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    v_replayed := v_count < cardinality(p_keys);
    journal_ids := v_made;
    created := array_fill(true, ARRAY[cardinality(p_keys)]);

    IF v_replayed THEN
        v_made := ARRAY(SELECT j.id FROM unnest(v_made) WITH ORDINALITY AS w(id, place)
                        LEFT JOIN public.ledger_journal j ON j.id = w.id ORDER BY w.place);
        SELECT w.key INTO v_bad
        FROM unnest(p_keys, p_hashes, v_made) AS w(key, hash, made)
        JOIN public.ledger_journal j ON j.key = w.key
        WHERE w.made IS NULL AND j.request_hash <> w.hash LIMIT 1;
        IF FOUND THEN
            PERFORM ledger.refuse('ledger.key_conflict', jsonb_build_object('key', v_bad.key));
        END IF;
        SELECT array_agg(j.id ORDER BY w.place), array_agg(w.made IS NOT NULL ORDER BY w.place)
        INTO journal_ids, created
        FROM unnest(p_keys, v_made) WITH ORDINALITY AS w(key, made, place)
        JOIN public.ledger_journal j ON j.key = w.key;
        IF NOT true = ANY (created) THEN
            SELECT array_agg(t.id ORDER BY l.place) INTO transfer_ids
            FROM unnest(p_journal, p_seq) WITH ORDINALITY AS l(journal, seq, place)
            JOIN public.ledger_transfer t ON t.journal_id = journal_ids[l.journal] AND t.seq = l.seq;
            RETURN;
        END IF;
    END IF;

    -- Whoever locks the period waits for us; what it locked before is seen here.
    SELECT k.locked_date INTO v_bad
    FROM public.ledger_periodlock k
    JOIN unnest(v_made, p_dates) AS w(id, effective_date) ON w.id IS NOT NULL AND w.effective_date <= k.locked_date
    WHERE k.book = p_book LIMIT 1;
    IF FOUND THEN
        PERFORM ledger.refuse('ledger.period_locked', jsonb_build_object('locked_date', v_bad.locked_date));
    END IF;

    -- Accounts.
    FOR turn IN 1..2 LOOP
        SELECT array_agg(a.id ORDER BY w.place), array_agg(a.asset_id ORDER BY w.place)
        INTO v_accounts, v_account_assets
        FROM unnest(p_codes, p_assets, p_owners, p_subjects) WITH ORDINALITY AS w(code, asset, owner, subject, place)
        LEFT JOIN public.ledger_account a
            ON a.natural_key = ledger.account_key(p_book, w.code, w.asset, w.owner, w.subject);
        EXIT WHEN turn = 2 OR array_position(v_accounts, NULL) IS NULL;
        PERFORM ledger.accounts_open(p_book, p_codes, p_assets, p_owners, p_subjects);
    END LOOP;

    -- Pending transfers to resolve: each of this book, and unresolved (its resolution's key says so).
    v_resolves := 3::smallint = ANY (p_phase) OR 4::smallint = ANY (p_phase);
    IF v_resolves THEN
        SELECT array_agg(t.debit_id ORDER BY l.place), array_agg(t.credit_id ORDER BY l.place),
               array_agg(t.asset_id ORDER BY l.place),
               array_agg(CASE WHEN t.phase = 2 AND d.book = p_book THEN t.amount END ORDER BY l.place)
        INTO v_pending_debit, v_pending_credit, v_pending_asset, v_pending_amount
        FROM unnest(p_pending) WITH ORDINALITY AS l(pending_id, place)
        LEFT JOIN public.ledger_transfer t ON t.id = l.pending_id
        LEFT JOIN public.ledger_account d ON d.id = t.debit_id;
        SELECT l.pending_id, l.found IS NULL AS missing INTO v_bad
        FROM unnest(p_pending, v_pending_amount, p_amount, p_phase) AS l(pending_id, found, amount, phase)
        WHERE l.phase IN (3, 4) AND (l.found IS NULL OR l.amount > l.found OR l.amount < 0) LIMIT 1;
        IF FOUND THEN
            PERFORM ledger.refuse(
                CASE WHEN v_bad.missing THEN 'ledger.pending_unknown' ELSE 'ledger.amount_invalid' END,
                jsonb_build_object('pending', v_bad.pending_id));
        END IF;
    END IF;

    -- Transfers, and what they add up to for each account.
    WITH legs AS MATERIALIZED (
        SELECT nextval('public.ledger_transfer_id_seq') AS id, l.place, v_made[l.journal] AS journal_id,
               l.seq, l.phase, p_dates[l.journal] AS effective_date, l.pending_id,
               CASE WHEN l.phase < 3 THEN v_accounts[l.debit] ELSE v_pending_debit[l.place] END AS debit_id,
               CASE WHEN l.phase < 3 THEN v_accounts[l.credit] ELSE v_pending_credit[l.place] END AS credit_id,
               CASE WHEN l.phase < 3 THEN v_account_assets[l.debit] ELSE v_pending_asset[l.place] END AS asset_id,
               CASE WHEN l.phase < 3 THEN v_account_assets[l.credit] ELSE v_pending_asset[l.place] END AS other_asset_id,
               CASE WHEN l.phase < 3 OR l.amount > 0 AND l.phase = 3 THEN l.amount ELSE v_pending_amount[l.place] END AS amount,
               CASE l.phase WHEN 1 THEN 0 WHEN 2 THEN l.amount ELSE -v_pending_amount[l.place] END AS reserve
        FROM unnest(p_journal, p_seq, p_debit, p_credit, p_amount, p_phase, p_pending) WITH ORDINALITY
             AS l(journal, seq, debit, credit, amount, phase, pending_id, place)
        WHERE v_made[l.journal] IS NOT NULL
    ), written AS (
        INSERT INTO public.ledger_transfer
            (id, journal_id, seq, phase, effective_date, debit_id, credit_id, asset_id, amount, pending_id, transaction)
        SELECT id, journal_id, seq, phase, effective_date, debit_id, credit_id, asset_id,
               amount, pending_id, pg_current_xact_id()
        FROM legs ORDER BY place
    ), resolved AS (
        INSERT INTO public.ledger_pendingresolution (pending_id, transfer_id)
        SELECT pending_id, id FROM legs WHERE phase >= 3 ORDER BY pending_id
    ), sides AS (
        SELECT debit_id AS account_id, CASE WHEN phase IN (1, 3) THEN amount ELSE 0 END AS dr, 0::bigint AS cr,
               reserve AS drp, 0::bigint AS crp FROM legs
        UNION ALL
        SELECT credit_id, 0, CASE WHEN phase IN (1, 3) THEN amount ELSE 0 END, 0, reserve FROM legs
    ), moved AS (
        SELECT account_id, sum(dr)::bigint AS dr, sum(cr)::bigint AS cr, sum(drp)::bigint AS drp, sum(crp)::bigint AS crp
        FROM sides GROUP BY account_id
    )
    SELECT array_agg(account_id), array_agg(dr), array_agg(cr), array_agg(drp), array_agg(crp),
           (SELECT array_agg(id ORDER BY place) FROM legs),
           (SELECT true FROM legs WHERE asset_id <> other_asset_id LIMIT 1)
    INTO v_moved, v_dr, v_cr, v_drp, v_crp, transfer_ids, v_mixed
    FROM moved;
    IF v_mixed THEN
        PERFORM ledger.refuse('ledger.asset_mixed');
    END IF;

    PERFORM ledger.balances_move(v_moved, v_dr, v_cr, v_drp, v_crp);

    IF v_replayed THEN  -- some journals of the batch were there already: all ids, from the table
        SELECT array_agg(t.id ORDER BY l.place) INTO transfer_ids
        FROM unnest(p_journal, p_seq) WITH ORDINALITY AS l(journal, seq, place)
        JOIN public.ledger_transfer t ON t.journal_id = journal_ids[l.journal] AND t.seq = l.seq;
    END IF;
END $$;
