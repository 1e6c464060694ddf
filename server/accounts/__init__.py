"""Who may come in and what they may see: accounts, sessions, API keys, scopes, guards.

What each domain shows to whom is decided in that domain, from the scope made here.
"""
