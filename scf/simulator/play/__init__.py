"""The demo's actors at work: who they are, what they do, day by day, through public journeys.

Everything goes the way a person at a page or the bank would go; nothing writes tables.
"""
