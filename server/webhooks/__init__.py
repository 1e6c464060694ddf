"""Telling other programs what happened: signed calls to addresses an administrator chose."""
