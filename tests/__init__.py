"""What shows that Palier does what it says; mirrors the tree. Browser journeys: `browser/`."""
