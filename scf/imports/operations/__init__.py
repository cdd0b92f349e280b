"""The only writes of the imports room."""
