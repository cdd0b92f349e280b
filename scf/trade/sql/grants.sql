-- After a large import the application refreshes the planner's statistics itself (PostgreSQL 17 on).
DO $$
DECLARE
    name text;
BEGIN
    IF current_setting('server_version_num')::int >= 170000 THEN
        FOR name IN SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = 'public' AND c.relkind = 'r'
                      AND c.relname IN ('trade_document', 'trade_documentversion', 'trade_documentline') LOOP
            EXECUTE format('GRANT MAINTAIN ON public.%I TO huoshui_app', name);
        END LOOP;
    END IF;
END $$;
