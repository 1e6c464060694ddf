"""Reports on one page each: for whoever directs, for a customer's review, for a region's work.

Figures come from `server.measures`, money from `server.credits`; nothing is stored here.
"""
