"""One module a resource; each view reads a query or calls a journey."""
