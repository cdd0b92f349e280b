"""The chain as pages ask for it: memory-mapped arrays of one snapshot, named by its hash.

A report is written from an analysis that takes seconds to make. A page that shows one
firm's neighbours wants them in milliseconds, so the edges are kept in a file of plain
arrays, ranked by value, that every process maps and none copies. The file is a cache: made
from the stored snapshot whenever it is absent or damaged. Nothing here shapes a report.

May import: risk's other pure modules. Must not import: models, queries, Django.
"""
