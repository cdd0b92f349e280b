-- What the application may do with the books: read them, and knock at the door. Applied after migrate.
DO $$
DECLARE
    book_table text;
BEGIN
    FOREACH book_table IN ARRAY ARRAY[
        'asset', 'account', 'accountbalance', 'journal', 'transfer', 'pendingresolution', 'periodlock']
    LOOP
        EXECUTE format('REVOKE ALL ON public.ledger_%s FROM huoshui_app', book_table);
        EXECUTE format('GRANT SELECT ON public.ledger_%s TO huoshui_app', book_table);
    END LOOP;
    FOREACH book_table IN ARRAY ARRAY['asset', 'account', 'journal', 'transfer', 'periodlock']
    LOOP
        EXECUTE format('REVOKE ALL ON SEQUENCE public.ledger_%s_id_seq FROM huoshui_app', book_table);
    END LOOP;
END $$;
REVOKE ALL ON public.ledger_entry FROM huoshui_app;
GRANT SELECT ON public.ledger_entry TO huoshui_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON public.ledger_outboxevent, public.ledger_workitem TO huoshui_app;

GRANT USAGE ON SCHEMA ledger TO huoshui_app;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM huoshui_app;
GRANT EXECUTE ON FUNCTION
    ledger.post, ledger.post_one, ledger.asset_ensure, ledger.period_lock, ledger.trial_balance, ledger.trial_balance_hash, ledger.chart
TO huoshui_app;
