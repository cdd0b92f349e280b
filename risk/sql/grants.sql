-- Histories are written once: who owned an item, and what happened in a case.
REVOKE UPDATE, DELETE, TRUNCATE ON public.risk_caseevent, public.risk_deskownerevent FROM huoshui_app;
