"""Files that come in: sources, batches, raw records, issues; data frames end here."""
