"""Every kind of call that agreements tell apart: one question for each, not one for each site.

Calls that no clause and no service row distinguishes are asked about once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dispatch.agreements.clauses import Question
from dispatch.agreements.severity import Severity
from dispatch.agreements.versions import AgreementVersion

ELSEWHERE = ""  # a region, a site or a customer that no clause names

Spot = tuple[str, str | None]  # a site, and an asset or none in particular


def situations(versions: Sequence[AgreementVersion], customer: str) -> Iterator[Question]:
    """Ask about every service, severity, region and place, the ones nobody names coming first.

    >>> list(situations([], "acme"))
    []
    """
    clauses = [clause for version in versions for clause in version.clauses]
    services = sorted({row.service for version in versions for row in version.services})
    regions = sorted({ELSEWHERE, *(clause.region for clause in clauses if clause.region)})
    spots = _spots(versions)
    for service in services:
        for severity in Severity:
            for region in regions:
                for site, asset in spots:
                    yield Question(service, severity, region, site, asset, customer)


def _spots(versions: Sequence[AgreementVersion]) -> tuple[Spot, ...]:
    clauses = [clause for version in versions for clause in version.clauses]
    named = {clause.site for clause in clauses if clause.site is not None}
    sites = sorted({ELSEWHERE, *named, *_alike(versions, named)})
    spots: dict[Spot, None] = dict.fromkeys((site, None) for site in sites)
    for clause in clauses:
        if clause.asset is not None:
            places = sites if clause.site is None else [clause.site]
            spots.update(dict.fromkeys((site, clause.asset) for site in places))
    return tuple(spots)


def _alike(versions: Iterable[AgreementVersion], named: set[str]) -> Iterator[str]:
    """Pick one site of all those that stand in the same service rows and in no clause."""
    rows = [row.sites for version in versions for row in version.services if row.sites is not None]
    first: dict[tuple[bool, ...], str] = {}
    for site in sorted(frozenset[str]().union(*rows) - named):
        first.setdefault(tuple(site in sites for sites in rows), site)
    yield from first.values()
