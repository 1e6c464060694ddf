"""Extracts of performance to show to others: sums without a person in them, signed.

Who received one verifies it at the public address, with `palier extract verify`, or with openssl.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from server.accounts.scope import Scope
from server.kit.database import AnySession, Session
from server.measures.cases import Wanted, cases, regions_of
from server.measures.queries import figures, require_days
from server.measures.schemas import FigureOut
from server.reports.extract_schemas import (
    ExtractBody,
    ExtractFigureOut,
    ExtractKeyOut,
    ExtractOut,
    SignedExtractOut,
    VerifiedOut,
    VerifyBody,
)
from server.reports.signing import (
    ALGORITHM,
    is_genuine,
    key_id,
    known_key,
    pem_of,
    signature,
    signing_key,
)

KIND, FORMAT = "palier_performance", 1
# A sum of fewer could be told from whom it is.
FEWEST = 5
TOLD = (
    "sla_attainment",
    "availability",
    "first_time_fix",
    "csat_top2",
    "ces_easy",
    "eta_accuracy",
)


async def signed_extract(
    session: Session, scope: Scope, data: ExtractBody, now: datetime
) -> SignedExtractOut:
    """What was kept and felt on those days, as it stands now."""
    require_days(data.from_day, data.to_day)
    wanted = Wanted(data.from_day, data.to_day, data.region_id)
    regions = await regions_of(session, scope, wanted)
    found = (await figures(session, scope, wanted, now)).figures
    reported = await cases(session, regions, wanted, now)
    extract = ExtractOut(
        kind=KIND,
        format=FORMAT,
        from_day=data.from_day,
        to_day=data.to_day,
        region=None if data.region_id is None else regions[0].name,
        issued_at=now,
        interventions=len(reported),
        fewest=FEWEST,
        figures=[_told(each) for each in found if _may_be_told(each)],
    )
    key = await signing_key(session, now)
    return SignedExtractOut(
        extract=extract,
        algorithm=ALGORITHM,
        key_id=key_id(key.public_key()),
        signature=signature(key, signed_bytes(msgspec.to_builtins(extract))),
    )


def _may_be_told(figure: FigureOut) -> bool:
    rests_on = figure.facts.get("assets", figure.denominator or 0)
    return figure.measure in TOLD and rests_on >= FEWEST


def _told(figure: FigureOut) -> ExtractFigureOut:
    return ExtractFigureOut(
        measure=figure.measure,
        definition_version=figure.definition_version,
        clock=figure.clock,
        unit=figure.unit,
        value=figure.value or "",
        numerator=figure.numerator or 0,
        denominator=figure.denominator or 0,
    )


async def extract_key(session: AnySession) -> ExtractKeyOut:
    """The key extracts are verified with; none before the first was made."""
    key = await known_key(session)
    if key is None:
        return ExtractKeyOut(algorithm=ALGORITHM, key_id=None, public_key=None)
    return ExtractKeyOut(algorithm=ALGORITHM, key_id=key_id(key), public_key=pem_of(key))


async def verified(session: AnySession, data: VerifyBody) -> VerifiedOut:
    """Whether this house signed it, whatever else the sender wrote beside it."""
    key = await known_key(session)
    if key is None:
        return VerifiedOut(is_genuine=False, key_id=None)
    genuine = is_genuine(key, signed_bytes(data.extract), data.signature)
    return VerifiedOut(is_genuine=genuine, key_id=key_id(key))


def signed_bytes(extract: Mapping[str, Any]) -> bytes:
    """JSON with its keys in order and no spaces: what `jq -cjS .extract` writes.

    >>> signed_bytes({"b": 1, "a": "é"}).decode()
    '{"a":"é","b":1}'
    """
    written = json.dumps(extract, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return written.encode(errors="surrogatepass")
