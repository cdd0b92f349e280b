-- Histories are written once: who owned an item, what happened in a case, to a warning, to a debt.
REVOKE UPDATE, DELETE, TRUNCATE ON public.risk_caseevent, public.risk_deskownerevent,
    public.risk_warningevent, public.risk_contact, public.risk_collectionevent FROM huoshui_app;
