-- The same door for one journal of a few legs: plain statements in a loop cost a third of what
-- starting the set-based ones does, until there are about ten legs. Same checks, same order of locks.
CREATE OR REPLACE FUNCTION ledger.post_one(
    p_book text, p_key text, p_hash bytea, p_kind text, p_date date, p_booked timestamptz, p_memo jsonb,
    p_codes text[], p_assets text[], p_owners text[], p_subjects text[],
    p_debit int[], p_credit int[], p_amount bigint[], p_phase smallint[], p_pending bigint[],
    OUT journal_id bigint, OUT created boolean, OUT transfer_ids bigint[]
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
    v_accounts bigint[] := '{}';
    v_account_assets bigint[] := '{}';
    v_hot boolean[] := '{}';
    v_order int[];
    v_dr bigint[]; v_cr bigint[]; v_drp bigint[]; v_crp bigint[];
    v_resolved bigint[] := '{}';
    v_resolving bigint[] := '{}';
    v_account record;
    v_pending record;
    v_hash bytea;
    v_locked date;
    v_amount bigint;
    v_reserve bigint;
    v_moves bigint;
    v_transfer bigint;
    v_debit int;
    v_credit int;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('ledger.period:' || p_book, 0));

    INSERT INTO public.ledger_journal (key, request_hash, kind, book, effective_date, booked_at, memo)
    VALUES (p_key, p_hash, p_kind, p_book, p_date, p_booked, p_memo)
    ON CONFLICT (key) DO NOTHING RETURNING id INTO journal_id;
    created := journal_id IS NOT NULL;
    IF NOT created THEN
        SELECT j.id, j.request_hash INTO STRICT journal_id, v_hash FROM public.ledger_journal j WHERE j.key = p_key;
        IF v_hash <> p_hash THEN
            PERFORM ledger.refuse('ledger.key_conflict', jsonb_build_object('key', p_key));
        END IF;
        transfer_ids := ARRAY(SELECT t.id FROM public.ledger_transfer t WHERE t.journal_id = post_one.journal_id ORDER BY t.seq);
        RETURN;
    END IF;

    SELECT k.locked_date INTO v_locked FROM public.ledger_periodlock k
    WHERE k.book = p_book AND k.locked_date >= p_date LIMIT 1;
    IF FOUND THEN
        PERFORM ledger.refuse('ledger.period_locked', jsonb_build_object('locked_date', v_locked));
    END IF;

    FOR i IN 1..cardinality(p_codes) LOOP
        FOR turn IN 1..2 LOOP
            SELECT a.id, a.asset_id, a.is_hot INTO v_account FROM public.ledger_account a
            WHERE a.natural_key = ledger.account_key(p_book, p_codes[i], p_assets[i], p_owners[i], p_subjects[i]);
            EXIT WHEN FOUND;
            PERFORM ledger.accounts_open(p_book, p_codes, p_assets, p_owners, p_subjects);
        END LOOP;
        v_accounts[i] := v_account.id;
        v_account_assets[i] := v_account.asset_id;
        v_hot[i] := v_account.is_hot;
    END LOOP;

    v_dr := array_fill(0::bigint, ARRAY[cardinality(p_codes)]);
    v_cr := v_dr; v_drp := v_dr; v_crp := v_dr;
    transfer_ids := '{}';
    FOR i IN 1..cardinality(p_phase) LOOP
        IF p_phase[i] < 3 THEN
            v_debit := p_debit[i];
            v_credit := p_credit[i];
            v_amount := p_amount[i];
            v_reserve := CASE p_phase[i] WHEN 2 THEN v_amount ELSE 0 END;
            IF v_account_assets[v_debit] <> v_account_assets[v_credit] THEN
                PERFORM ledger.refuse('ledger.asset_mixed');
            END IF;
        ELSE
            SELECT t.phase, t.debit_id, t.credit_id, t.asset_id, t.amount, d.book, d.is_hot AS debit_hot, c.is_hot AS credit_hot
            INTO v_pending
            FROM public.ledger_transfer t
            JOIN public.ledger_account d ON d.id = t.debit_id
            JOIN public.ledger_account c ON c.id = t.credit_id
            WHERE t.id = p_pending[i];
            IF NOT FOUND OR v_pending.phase <> 2 OR v_pending.book <> p_book THEN
                PERFORM ledger.refuse('ledger.pending_unknown', jsonb_build_object('pending', p_pending[i]));
            ELSIF p_amount[i] NOT BETWEEN 0 AND v_pending.amount THEN
                PERFORM ledger.refuse('ledger.amount_invalid', jsonb_build_object('pending', p_pending[i]));
            END IF;
            v_amount := CASE WHEN p_phase[i] = 3 AND p_amount[i] > 0 THEN p_amount[i] ELSE v_pending.amount END;
            v_reserve := -v_pending.amount;
            v_debit := array_position(v_accounts, v_pending.debit_id);
            IF v_debit IS NULL THEN
                v_accounts := v_accounts || v_pending.debit_id;
                v_hot := v_hot || v_pending.debit_hot;
                v_account_assets := v_account_assets || v_pending.asset_id;
                v_dr := v_dr || 0::bigint; v_cr := v_cr || 0::bigint; v_drp := v_drp || 0::bigint; v_crp := v_crp || 0::bigint;
                v_debit := cardinality(v_accounts);
            END IF;
            v_credit := array_position(v_accounts, v_pending.credit_id);
            IF v_credit IS NULL THEN
                v_accounts := v_accounts || v_pending.credit_id;
                v_hot := v_hot || v_pending.credit_hot;
                v_account_assets := v_account_assets || v_pending.asset_id;
                v_dr := v_dr || 0::bigint; v_cr := v_cr || 0::bigint; v_drp := v_drp || 0::bigint; v_crp := v_crp || 0::bigint;
                v_credit := cardinality(v_accounts);
            END IF;
        END IF;
        INSERT INTO public.ledger_transfer
            (journal_id, seq, phase, effective_date, debit_id, credit_id, asset_id, amount, pending_id, transaction)
        VALUES (journal_id, i, p_phase[i], p_date, v_accounts[v_debit], v_accounts[v_credit], v_account_assets[v_debit],
                v_amount, p_pending[i], pg_current_xact_id())
        RETURNING id INTO v_transfer;
        transfer_ids := transfer_ids || v_transfer;
        IF p_phase[i] >= 3 THEN
            v_resolved := v_resolved || p_pending[i];
            v_resolving := v_resolving || v_transfer;
        END IF;
        v_moves := CASE WHEN p_phase[i] IN (1, 3) THEN v_amount ELSE 0 END;
        v_dr[v_debit] := v_dr[v_debit] + v_moves;
        v_cr[v_credit] := v_cr[v_credit] + v_moves;
        v_drp[v_debit] := v_drp[v_debit] + v_reserve;
        v_crp[v_credit] := v_crp[v_credit] + v_reserve;
    END LOOP;

    IF v_resolved <> '{}' THEN
        INSERT INTO public.ledger_pendingresolution (pending_id, transfer_id)
        SELECT r.pending_id, r.transfer_id FROM unnest(v_resolved, v_resolving) AS r(pending_id, transfer_id) ORDER BY r.pending_id;
    END IF;

    -- One update after the other in the global order is one lock after the other in that order.
    IF cardinality(v_accounts) = 2 THEN
        v_order := CASE WHEN (v_hot[1], v_accounts[1]) < (v_hot[2], v_accounts[2]) THEN ARRAY[1, 2] ELSE ARRAY[2, 1] END;
    ELSE
        v_order := ARRAY(SELECT w.place FROM unnest(v_hot, v_accounts) WITH ORDINALITY AS w(is_hot, id, place) ORDER BY w.is_hot, w.id);
    END IF;
    FOREACH v_debit IN ARRAY v_order LOOP
        UPDATE public.ledger_accountbalance b
        SET dr_posted = b.dr_posted + v_dr[v_debit], cr_posted = b.cr_posted + v_cr[v_debit],
            dr_pending = b.dr_pending + v_drp[v_debit], cr_pending = b.cr_pending + v_crp[v_debit]
        WHERE b.account_id = v_accounts[v_debit]
          AND NOT (b.dr_le_cr AND b.dr_posted + v_dr[v_debit] + (b.dr_pending + v_drp[v_debit]) > b.cr_posted + v_cr[v_debit])
          AND NOT (b.cr_le_dr AND b.cr_posted + v_cr[v_debit] + (b.cr_pending + v_crp[v_debit]) > b.dr_posted + v_dr[v_debit]);
        IF NOT FOUND THEN
            PERFORM ledger.refuse_limit(v_accounts[v_debit]);
        END IF;
    END LOOP;
END $$;
