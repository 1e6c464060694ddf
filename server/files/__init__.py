"""Files: documents as they were handed in, pictures written anew; never changed afterwards.

Who may read one is decided by the room that refers to it.
"""
