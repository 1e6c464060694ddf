"""What is kept of people who work here: handed out, deleted, and forgotten in time."""
