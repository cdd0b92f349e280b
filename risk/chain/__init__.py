"""A firm's place in the chain: plain arrays in, numbers out.

`graph` cuts a layer of the snapshot into a weighted directed graph (supplier -> buyer);
every other module measures such a graph and knows nothing of documents, so that each can
be checked against an edge list from outside. Must not import: checks, models, Django.
"""
