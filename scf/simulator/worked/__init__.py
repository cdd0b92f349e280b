"""The design's worked examples, run through the public journeys; every figure is read from the books."""
