"""How much a firm leans on few others.

Concentration is the Herfindahl-Hirschman index, the sum of squared shares: 1 for a single
partner, 1/n for n equal ones. Dependency of i on j is D(i->j) = w_ij / sales_i; the
bargaining gap D(i->j) - w_ij / purchases_j is positive when i needs j more than j needs i.
All arrays have one entry a firm, NaN where it sells (or buys) nothing.
"""

import numpy as np

from risk.arrays import BoolArray, FloatArray, ratio, sums
from risk.chain import kernels
from risk.chain.graph import Graph
from risk.facts import IntArray


def buyer_hhi(graph: Graph) -> FloatArray:
    """Concentration of each firm's buyers, 0 to 1."""
    return _hhi(graph.source, graph.weight, graph.sales())


def supplier_hhi(graph: Graph) -> FloatArray:
    """Concentration of each firm's suppliers, 0 to 1."""
    return _hhi(graph.target, graph.weight, graph.purchases())


def share_sold_to(graph: Graph, *, group: BoolArray) -> FloatArray:
    """Share of each firm's sales that goes to the group, 0 to 1."""
    to_group = np.where(group[graph.target], graph.weight, 0)
    sold = sums(graph.source, to_group, graph.size)
    return ratio(sold, graph.sales())


def main_buyer(graph: Graph) -> IntArray:
    """Each firm's largest buyer by value (the lower position on a tie), -1 without one."""
    best: IntArray = kernels.largest_partner(graph.selling().start, graph.target, graph.weight)
    return best


def dependency(graph: Graph) -> FloatArray:
    """Share of sales that goes to the largest buyer."""
    return ratio(_to_main_buyer(graph), graph.sales())


def bargaining_gap(graph: Graph) -> FloatArray:
    """Dependency on the largest buyer less that buyer's dependency on the firm, -1 to 1."""
    buyer = main_buyer(graph)
    bought = np.where(buyer >= 0, graph.purchases()[buyer], 0)
    return dependency(graph) - ratio(_to_main_buyer(graph), bought)


def _to_main_buyer(graph: Graph) -> FloatArray:
    largest = np.zeros(graph.size)
    np.maximum.at(largest, graph.source, graph.weight.astype(np.float64))
    return largest


def _hhi(index: IntArray, weight: IntArray, totals: IntArray) -> FloatArray:
    squares: FloatArray = sums(index, (weight / totals[index]) ** 2, len(totals))
    return np.where(totals > 0, squares, np.nan)
