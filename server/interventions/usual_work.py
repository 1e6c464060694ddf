"""How the house treats what comes in: what it looks at first, and what no clock runs on.

What work usually takes is known to the services.
"""

# Reported by somebody who is not trained to judge it: the office has a look, unless it presses.
NEEDS_TRIAGE = frozenset({"portal", "qr", "import", "follow_up"})
PRESSING = frozenset({"S1", "S2"})
OWN_PROPOSALS = frozenset({"plan", "follow_up"})


def is_planned(source: str, work_type: str) -> bool:
    """Whether we proposed it ourselves: then nobody waits, and no clock runs."""
    return source in OWN_PROPOSALS or work_type == "maintenance"


def is_triaged(source: str, severity: str) -> bool:
    """Whether nobody has to look first; what a technician ordered the office always looks at."""
    return source not in NEEDS_TRIAGE or (severity in PRESSING and source != "follow_up")
