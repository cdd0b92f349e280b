-- The chart as the database reads it when it opens an account; a test keeps it equal to ledger/chart.py.
CREATE OR REPLACE FUNCTION ledger.chart()
RETURNS TABLE (family text, code text, side text, limited boolean, is_hot boolean)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    VALUES
        ('currency', 'bank.escrow', 'debit', false, true),
        ('currency', 'unallocated', 'credit', true, false),
        ('currency', 'available', 'credit', true, false),
        ('currency', 'hold', 'credit', true, false),
        ('currency', 'payable', 'credit', true, false),
        ('currency', 'fee_payable', 'credit', true, false),
        ('currency', 'clearing', 'credit', true, false),
        ('currency', 'collection', 'credit', true, false),
        ('currency', 'on_account', 'credit', true, false),
        ('claim', 'obligor', 'debit', true, false),
        ('claim', 'obligor_written_off', 'debit', true, false),
        ('claim', 'entitled', 'credit', true, false),
        ('claim', 'released', 'credit', true, false),
        ('recourse', 'recourse_debtor', 'debit', true, false),
        ('recourse', 'entitled', 'credit', true, false),
        ('yield', 'yield_contra', 'debit', true, false),
        ('yield', 'due', 'credit', true, false),
        ('rebate', 'rebate_debtor', 'debit', true, false),
        ('rebate', 'entitled', 'credit', true, false),
        ('unit', 'authorised', 'debit', true, false),
        ('unit', 'issue', 'credit', true, false),
        ('unit', 'held', 'credit', true, false),
        ('unit', 'redeemed', 'credit', true, false)
$$;
