"""Technicians and their shifts: who can go out, from where, when, and with which skills.

What they are given to do lives in the rooms above.
"""
