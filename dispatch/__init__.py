"""Pure field-service core: values in, values out.

No web, database, file, clock or unseeded randomness lives here.
"""
