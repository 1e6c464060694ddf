"""What customers and the office write to each other about work and agreements."""
