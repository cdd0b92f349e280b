"""Payments between accounts without documents: features of graph, time and flow, and a model.

For measuring ourselves on published payment logs; the product's own checks know documents and
do not need it. Pure: no Django here, nothing of the business.
"""
