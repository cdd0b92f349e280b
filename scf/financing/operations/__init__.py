"""The only writes to quotes, claims, fingerprints, confirmations and registrations."""
