"""Customers: who owns sites, signs agreements and is told what happens.

Their sites, agreements and accounts live in domains of their own.
"""
