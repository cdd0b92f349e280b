"""Documents between firms and what they prove: order, despatch, receipt, invoice, credit note.

Lives here: documents with append-only versions, the three-way match, receivables.
May not live here: files and their rows (imports), money that moved (settlement), what was
offered or sold (financing). May import: ledger's pure values, and network.
"""
