"""The only writes of the trade room."""
