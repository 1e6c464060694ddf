"""What is to become better, who does it until when, and what it then did.

Irritations are `server.experience`'s, figures `server.measures`'s.
"""
