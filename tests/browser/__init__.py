"""Journeys of people in a real Chromium, on a real server with the Andorra town."""
