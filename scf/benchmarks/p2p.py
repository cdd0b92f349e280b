"""A real maker's purchase-to-pay log (BPI Challenge 2019, one trace a variant) in three flows."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, iterparse

from risk.process_flows import Step, process_figures

FILE: Final = "event-logs/bpic2019_1t_per_variant.xes.gz"
STEPS: Final[Mapping[str, Step]] = {
    "Create Purchase Order Item": Step.ORDERED,
    "Vendor creates invoice": Step.VENDOR_INVOICE,
    "Record Goods Receipt": Step.RECEIVED,
    "Record Invoice Receipt": Step.INVOICED,
    "Clear Invoice": Step.CLEARED,
}


def p2p_measure(*, path: Path) -> Mapping[str, int]:
    """The figures of `ProcessFigures` over a gzipped XES log."""
    return asdict(process_figures(traces_read(path=path)))


def traces_read(*, path: Path) -> Iterator[list[tuple[Step, str]]]:
    """Each trace's steps that matter, in the log's order; one trace in memory at a time."""
    with gzip.open(path) as stream:
        for _, element in iterparse(stream):  # noqa: S314
            if element.tag.rpartition("}")[2] == "trace":
                yield list(_steps(element))
                element.clear()


def _steps(trace: Element) -> Iterator[tuple[Step, str]]:
    for event in trace:
        if event.tag.rpartition("}")[2] == "event":
            values = {part.get("key"): part.get("value", "") for part in event}
            step = STEPS.get(values.get("concept:name", ""))
            if step is not None:
                yield step, values["time:timestamp"]
