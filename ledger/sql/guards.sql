-- Append-only: what was written to the books stays. These triggers stand behind the grants, so that
-- even a login with too many rights has to disable them first, which only the owner may do.
CREATE SCHEMA IF NOT EXISTS ledger;

CREATE OR REPLACE FUNCTION ledger.refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = 'LG002',
        MESSAGE = format('%s on %s refused: the books are append-only; post a reversal', TG_OP, TG_TABLE_NAME);
END $$;

DO $$
DECLARE
    book_table text;
BEGIN
    FOREACH book_table IN ARRAY ARRAY['asset', 'account', 'journal', 'transfer', 'pendingresolution', 'periodlock']
    LOOP
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.ledger_%s '
            'FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change()', book_table);
    END LOOP;
END $$;

-- Balances move, by the door alone, and are never taken away.
CREATE OR REPLACE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON public.ledger_accountbalance
FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

-- Room on each page for the next versions of its rows: a balance is the most updated thing there is.
ALTER TABLE public.ledger_accountbalance SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
