"""Meetings about agreements: how often on which level, their agenda, and what was decided.

What a meeting found about the agreement itself is kept with the agreement.
"""
