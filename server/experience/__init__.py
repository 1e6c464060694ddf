"""How it felt: what people said about the work done for them.

What shares and scores that makes is `dispatch.measures`.
"""
