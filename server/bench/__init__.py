"""Benchmarks: seeded days and calls, what they cost the product, and against what.

How they are asked for and shown is in `server.cli.bench`.
"""
