"""Commands of the top layer."""
