"""What both sides want to reach with an agreement, and what comes back by it every year.

What was promised as a time or as an experience is the agreement's own.
"""
