"""Whether technicians are at work and may be reached, and where they were if they allow it."""
