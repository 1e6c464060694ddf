"""Files as they were handed in: bytes, name and fingerprint, never changed.

Who may read one is decided by the room that refers to it.
"""
