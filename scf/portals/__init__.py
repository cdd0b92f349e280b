"""The pages: one portal for each desk, and the shell and components that they share.

Lives here: views, templates' values, forms, tables, words for states. May not live here: rules,
writes, arithmetic on money. May import: access, journeys, and every room's queries and values;
a portal never imports another portal.
"""
