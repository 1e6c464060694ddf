"""Figures about promises kept, each with the definition it was computed by.

The arithmetic is `dispatch.measures`; here the events are gathered.
"""
