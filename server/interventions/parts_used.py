"""Parts put in on a visit and parts an ordered follow-up will take, by the catalogue."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from server.interventions.dossier import Dossier
from server.interventions.schemas import (
    PartUsedBody,
    PartUsedOut,
    VisitPayload,
    WantedPartOut,
)
from server.interventions.tables import PartUsed, Visit
from server.kit.database import Session
from server.kit.names import NamesOut
from server.kit.wire import money

_Said = tuple[str, Decimal, str]


def named_parts(payload: VisitPayload) -> list[PartUsedBody]:
    """Every part a command speaks of: put in, or wanted for its follow-up."""
    wanted = [] if payload.follow_up is None else payload.follow_up.parts
    return [*payload.parts, *wanted]


def keep_parts(
    session: Session,
    dossier: Dossier,
    visit: Visit,
    parts: Sequence[PartUsedBody],
    *,
    command_id: str,
    at: datetime,
    author: str,
) -> bool:
    """Write down what was put in, as far as the catalogue knows it; says if anything was.

    Withdrawn parts count as well: what is built in is built in.
    """
    rows = [
        PartUsed(
            intervention_id=dossier.intervention.id,
            visit_id=visit.id,
            part=used.part,
            quantity=used.quantity,
            price_eur=dossier.catalogue[used.part].price_eur,
            note=used.note,
            at=at,
            author_name=author,
            command_id=command_id,
        )
        for used in parts
        if used.part in dossier.catalogue
    ]
    session.add_all(rows)
    dossier.parts += rows
    return bool(rows)


def not_told_yet(
    dossier: Dossier, visit: Visit, parts: Sequence[PartUsedBody], refused: Collection[str]
) -> list[PartUsedBody]:
    """These parts, but for what a refused command said already: that was put in once."""
    told = Counter(
        (row.part, row.quantity, row.note)
        for row in dossier.parts
        if row.visit_id == visit.id and row.command_id in refused
    )
    again = Counter((used.part, used.quantity, used.note) for used in parts) & told
    return [*_but(parts, again)]


def _but(parts: Sequence[PartUsedBody], again: Counter[_Said]) -> Iterator[PartUsedBody]:
    for used in parts:
        said = (used.part, used.quantity, used.note)
        if again[said] > 0:
            again[said] -= 1
        else:
            yield used


def shown_parts(dossier: Dossier, visit: Visit | None = None) -> list[PartUsedOut]:
    """What was put in, oldest first: on one visit, or on all of them."""
    return [
        _shown(dossier, row) for row in dossier.parts if visit is None or row.visit_id == visit.id
    ]


def _shown(dossier: Dossier, row: PartUsed) -> PartUsedOut:
    part = dossier.catalogue[row.part]
    return PartUsedOut(
        visit_id=row.visit_id,
        part=row.part,
        names=NamesOut(**part.names),
        quantity=_plain(row.quantity),
        unit=part.unit,  # type: ignore[arg-type]
        note=row.note,
        at=row.at,
        author=row.author_name,
        price_eur=money(row.price_eur),
    )


def wanted_parts(dossier: Dossier) -> list[WantedPartOut]:
    """What the work will take, as whoever ordered it said."""
    return [
        WantedPartOut(
            part=wanted["part"],
            names=NamesOut(**dossier.catalogue[wanted["part"]].names),
            quantity=_plain(Decimal(wanted["quantity"])),
            unit=dossier.catalogue[wanted["part"]].unit,  # type: ignore[arg-type]
            note=wanted["note"],
        )
        for wanted in dossier.intervention.wanted_parts
    ]


def _plain(quantity: Decimal) -> str:
    """A quantity as one writes it: 2, not 2.000."""
    return f"{quantity.normalize():f}"


def in_words(used: PartUsedBody) -> str:
    """A part as a note tells of it: its code in the catalogue, and how much of it."""
    return " ".join(filter(None, (f"{used.part} × {_plain(used.quantity)}", used.note)))
