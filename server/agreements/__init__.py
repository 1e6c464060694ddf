"""Agreements: what a customer was promised, version by version, target by target.

How the promise becomes instants is decided in `dispatch`; who acts on it in the rooms above.
"""
