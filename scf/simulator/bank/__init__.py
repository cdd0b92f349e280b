"""The demo's bank: reads payment files, moves money, writes statements. Pure, no database."""
