"""The servers a checkout brings along: PostgreSQL and Valkey from wheels, roles, scratch databases.

Lives here: starting and stopping our own servers, the roles and grants of a database, and the
databases made for one run of a test or a worked example. May not live here: anything of the
business. Imports nothing of scf, risk or ledger.
"""
