"""The supplier's desk: what could be had today, what it costs, what came and what is to come."""
