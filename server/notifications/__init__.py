"""What a person should know: notices drawn from the event log; mail and push come on top."""
