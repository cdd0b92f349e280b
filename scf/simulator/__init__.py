"""An appliance maker's chain that writes ERP files, and a bank that answers.

Lives here: seeded firms and their trade, the canonical files that carry it, and a bank
for the demo (statements out, payment files in). May not live here: the database; the
demo's data goes through the real importer like anyone's. May import: the pure parts of
network (calendar) and ledger (money).
"""
