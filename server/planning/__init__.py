"""Who should go, and the whole day at once: candidates, assignments, plans and their publication.

The optimiser is `dispatch.planning`; visits are written by `server.interventions`.
"""
