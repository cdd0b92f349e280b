"""Labelled frauds and honest look-alikes, told in the same files as everyone's trade.

Lives here: how each kind comes about, drawn from wide ranges, and the labels that say so.
May not live here: anything that a detector uses. The makers know documents and calendars, no
thresholds; the labels are written beside the files and never imported.
"""
