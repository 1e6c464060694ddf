"""The built pages and the map, served through WhiteNoise from ASGI.

Pages are built from pwa/ into `built/`; nothing here knows what they show.
"""
