"""The anchor's treasury: what to confirm, whom to pay and when."""
