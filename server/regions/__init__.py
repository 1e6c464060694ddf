"""Regions: where different promises, hours and travel speeds hold; and their calendars."""
