"""Sites and the assets on them, where they are and how to find them by a few words.

Who goes there and why lives in the rooms above.
"""
