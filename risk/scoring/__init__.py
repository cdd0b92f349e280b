"""Scorecards: monotone bins, logistic regression, points, calibration, drift.

Values in, values out: no tables, no files, no clock. A card is whole numbers only, named by
the hash of its canonical bytes, so that a score can be made again to the last point. May
import risk's other pure rooms; may not import Django.
"""
