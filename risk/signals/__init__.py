"""The figures a verdict is made of, for all firms at once.

`values` is one firm's figures; `measuring` makes them from a snapshot with the help of the
others: windows to compare, deliveries, days that money takes, supply, refinancing. Must not
import: verdict, checks, models, Django.
"""
