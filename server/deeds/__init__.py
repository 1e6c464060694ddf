"""What dispatchers did with visits, deed by deed, so that each can be undone and redone."""
