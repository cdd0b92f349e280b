"""An appliance maker's chain that writes ERP files, a bank that answers, and a demo played on both.

Lives here: seeded firms and their trade, the canonical files that carry it, a bank for the
demo (statements out, payment files in), the worked examples, and in ``play`` the demo's people
at work. May not live here: models and tables; the demo's data goes through the real importer
and the public journeys like anyone's. ``play`` and ``worked`` may import journeys and the
queries of the rooms below; everything else the pure parts of network and ledger only.
"""
