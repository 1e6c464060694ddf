"""The catalogue of parts technicians put in, in every language, and what they are counted in."""
