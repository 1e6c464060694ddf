"""Credit notes: proposed from breaches, checked by one person and approved by another.

What a breach costs is computed in `dispatch.agreements`.
"""
