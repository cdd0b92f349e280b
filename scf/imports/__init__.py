"""Files and their rows: what came in, what became of every row, and what is wrong with it.

Lives here: source files, batches, raw records, row issues, parsers (spreadsheets and ERP
tables end here, as documents without ids). May not live here: what documents mean to each
other (trade), bank statements (settlement). May import: ledger's pure values, network,
trade and settlement reads and values.
"""
