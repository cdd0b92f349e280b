-- The only way value moves. One call posts the journals of one book, all of them or none.
-- Order of locks, everywhere: period (shared), journal keys, accounts to open, pending transfers,
-- then balances by (is_hot, account id): a hot row is taken last and held shortest.

CREATE OR REPLACE FUNCTION ledger.refuse(p_code text, p_facts jsonb DEFAULT '{}') RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'LG001', MESSAGE = p_code, DETAIL = p_facts::text;
END $$;

-- The row's own CHECK would refuse it as well, but could not say whose account it is.
CREATE OR REPLACE FUNCTION ledger.refuse_limit(p_account bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger.refuse('ledger.limit_exceeded', (
        SELECT jsonb_build_object('account', a.code, 'asset', s.code, 'owner', a.owner, 'subject', a.subject)
        FROM public.ledger_account a JOIN public.ledger_asset s ON s.id = a.asset_id WHERE a.id = p_account));
END $$;

CREATE OR REPLACE FUNCTION ledger.period_key(p_book text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.hashtextextended('ledger.period:' || p_book, 0)
$$;

CREATE OR REPLACE FUNCTION ledger.asset_family(p_asset text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN p_asset LIKE 'U:%' THEN 'unit'
                WHEN pg_catalog.strpos(p_asset, '.') = 0 THEN 'currency'
                ELSE pg_catalog.split_part(p_asset, '.', 2) END
$$;

CREATE OR REPLACE FUNCTION ledger.asset_ensure(p_code text, p_kind text, p_scale smallint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_asset public.ledger_asset;
BEGIN
    INSERT INTO public.ledger_asset (code, kind, scale) VALUES (p_code, p_kind, p_scale)
    ON CONFLICT (code) DO NOTHING;
    SELECT * INTO STRICT v_asset FROM public.ledger_asset WHERE code = p_code;
    IF (v_asset.kind, v_asset.scale) <> (p_kind, p_scale)
       OR p_kind <> (CASE ledger.asset_family(p_code) WHEN 'currency' THEN 'currency' WHEN 'unit' THEN 'unit' ELSE 'claim' END)
    THEN
        PERFORM ledger.refuse('ledger.asset_conflict', jsonb_build_object('asset', p_code));
    END IF;
    RETURN v_asset.id;
END $$;

-- One text for the five parts of an account's name. Parts never hold the separator (accounts_open
-- refuses it), so two names never share a key.
CREATE OR REPLACE FUNCTION ledger.account_key(p_book text, p_code text, p_asset text, p_owner text, p_subject text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT p_book || E'\x1f' || p_code || E'\x1f' || p_asset || E'\x1f' || p_owner || E'\x1f' || p_subject
$$;

-- Opens the accounts of a call that do not exist yet, in key order, with the chart's side and limit.
-- It and balances_move run with the caller's rights: inside the door those of the owner, elsewhere none.
CREATE OR REPLACE FUNCTION ledger.accounts_open(
    p_book text, p_codes text[], p_assets text[], p_owners text[], p_subjects text[]
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_bad record;
BEGIN
    SELECT w.code, w.asset, s.id AS asset_id INTO v_bad
    FROM unnest(p_codes, p_assets, p_owners, p_subjects) AS w(code, asset, owner, subject)
    LEFT JOIN public.ledger_asset s ON s.code = w.asset
    LEFT JOIN ledger.chart() c ON c.family = ledger.asset_family(w.asset) AND c.code = w.code
    WHERE s.id IS NULL OR c.code IS NULL OR strpos(p_book || w.owner || w.subject, E'\x1f') > 0
    LIMIT 1;
    IF FOUND THEN
        PERFORM ledger.refuse(
            CASE WHEN v_bad.asset_id IS NULL THEN 'ledger.asset_unknown' ELSE 'ledger.account_unknown' END,
            jsonb_build_object('account', v_bad.code, 'asset', v_bad.asset));
    END IF;
    WITH opened AS (
        INSERT INTO public.ledger_account (natural_key, book, code, asset_id, owner, subject, side, limited, is_hot)
        SELECT ledger.account_key(p_book, w.code, w.asset, w.owner, w.subject), p_book, w.code, s.id, w.owner, w.subject, c.side, c.limited, c.is_hot
        FROM unnest(p_codes, p_assets, p_owners, p_subjects) AS w(code, asset, owner, subject)
        JOIN public.ledger_asset s ON s.code = w.asset
        JOIN ledger.chart() c ON c.family = ledger.asset_family(w.asset) AND c.code = w.code
        ORDER BY 1
        ON CONFLICT (natural_key) DO NOTHING
        RETURNING id, side, limited, is_hot
    )
    INSERT INTO public.ledger_accountbalance
        (account_id, dr_posted, cr_posted, dr_pending, cr_pending, dr_le_cr, cr_le_dr, is_hot)
    SELECT id, 0, 0, 0, 0, limited AND side = 'credit', limited AND side = 'debit', is_hot FROM opened;
END $$;

-- Applies the sums of a call to its accounts, under the limits. Called last.
CREATE OR REPLACE FUNCTION ledger.balances_move(
    p_accounts bigint[], p_dr bigint[], p_cr bigint[], p_dr_pending bigint[], p_cr_pending bigint[]
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_moved bigint[];
BEGIN
    PERFORM 1 FROM public.ledger_accountbalance b
    WHERE b.account_id = ANY (p_accounts) ORDER BY b.is_hot, b.account_id FOR NO KEY UPDATE;
    WITH moved AS (
        UPDATE public.ledger_accountbalance b
        SET dr_posted = b.dr_posted + m.dr, cr_posted = b.cr_posted + m.cr,
            dr_pending = b.dr_pending + m.drp, cr_pending = b.cr_pending + m.crp
        FROM unnest(p_accounts, p_dr, p_cr, p_dr_pending, p_cr_pending) AS m(account_id, dr, cr, drp, crp)
        WHERE b.account_id = m.account_id
          AND NOT (b.dr_le_cr AND b.dr_posted + m.dr + (b.dr_pending + m.drp) > b.cr_posted + m.cr)
          AND NOT (b.cr_le_dr AND b.cr_posted + m.cr + (b.cr_pending + m.crp) > b.dr_posted + m.dr)
        RETURNING b.account_id
    )
    SELECT array_agg(account_id) INTO v_moved FROM moved;
    IF cardinality(p_accounts) > coalesce(cardinality(v_moved), 0) THEN
        PERFORM ledger.refuse_limit(w.account_id) FROM unnest(p_accounts) AS w(account_id)
        WHERE NOT w.account_id = ANY (coalesce(v_moved, '{}'));
    END IF;
END $$;
