"""Whether agreements are in order: what contradicts them, looked for every night, and their gaps.

What speaks against a draft before it is verified is told by the agreement itself.
"""
