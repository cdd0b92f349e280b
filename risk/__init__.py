"""Chain risk: facts in, findings and reports out, replayable byte for byte.

Here live the frozen facts the business hands over (`facts`), the immutable snapshot
made of them (`snapshot`), the measures of a firm's place in the chain (`chain`), the
authenticity checks (`checks`), the verdict with its reasons, limits, and the gate that a
sale has to pass. Parties, programmes and people are opaque references such as
"party:12": risk never looks them up and has no foreign key to the business.

May import: ledger's values (errors, money, rates, quantity) and its outbox and work
operations. Must not import: scf. Everything outside models, queries, operations, tasks
and apps is pure: it decides from the values it is given.
"""
