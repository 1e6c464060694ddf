"""The service around the core: API, storage, live stream, jobs and pages.

Business rules live in `dispatch`; here they are loaded, called and stored.
"""
