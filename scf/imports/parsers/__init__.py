"""One file per format: bytes in, frozen values out. Data frames end here."""
