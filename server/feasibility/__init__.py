"""Promises nobody has made yet, tried out on a region's days gone by.

The days are lived by `dispatch.simulation`; nothing that is planned or promised is changed.
"""
