"""Optimisers a user could take instead, each asked as somebody who knows it well would ask it.

They are extras of the benchmark (`pip install palier[bench]`); nothing else in Palier needs them.
What a peer cannot express is told in its module. Its routes are billed by our rules, in `contest`.
"""
