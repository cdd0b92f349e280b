"""Bytes to rows, rows to documents. Pure: no database, no clock, no settings."""
