"""What clocks had to tell: warnings, breaches and escalations, each once, at its own instant.

How a clock stands is computed in `dispatch.clocks`; breaches are kept for ever here.
"""
