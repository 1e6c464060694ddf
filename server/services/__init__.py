"""The catalogue of services: what the house does, for which kind of asset.

What is promised for a service stands in agreements.
"""
