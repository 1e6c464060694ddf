"""What every domain stands on: storage, unit of work, problems, paging, clock.

No domain word lives here.
"""
