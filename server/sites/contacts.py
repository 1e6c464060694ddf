"""Whom to call about a site: a list, whose first is its plain contact name and phone as well."""

from collections.abc import Mapping, Sequence
from typing import Any

Contact = dict[str, str]
NOBODY: Contact = {"name": "", "phone": "", "role": ""}


def merged(known: Sequence[Contact], named: Mapping[str, Any]) -> dict[str, Any]:
    """The three fields of a site after somebody named some of them.

    A list of contacts says it all; the plain fields alone only speak of its first, who is gone
    once both are empty.

    >>> merged([], {"contact_name": "Núria", "contact_phone": "+376 800 000"})["contacts"]
    [{'name': 'Núria', 'phone': '+376 800 000', 'role': ''}]
    """
    first, others = dict(known[0] if known else NOBODY), list(known[1:])
    first["name"] = named.get("contact_name", first["name"])
    first["phone"] = named.get("contact_phone", first["phone"])
    contacts = named.get("contacts")
    if contacts is None:
        contacts = [first, *others] if first["name"] or first["phone"] else others
    head = contacts[0] if contacts else NOBODY
    return {"contacts": contacts, "contact_name": head["name"], "contact_phone": head["phone"]}
