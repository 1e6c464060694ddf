"""The event log as lists and as a live stream, to whoever may see each event."""
