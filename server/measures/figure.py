"""One figure on the wire, with the version of the definition it was computed by."""

from collections.abc import Mapping
from fractions import Fraction

from dispatch.measures import DEFINITIONS, Ratio, Rounding
from dispatch.measures.figures import number
from server.measures.schemas import FigureOut


def ratio_figure(
    measure: str,
    ratio: Ratio,
    *,
    clock: str | None = None,
    outside: Mapping[str, int] | None = None,
    facts: Mapping[str, object] | None = None,
) -> FigureOut:
    """A share; of nothing there is none."""
    definition = DEFINITIONS[measure]
    return FigureOut(
        measure=measure,
        definition_version=definition.version,
        clock=clock,
        value=ratio.remainder_text if definition.rounding is Rounding.RAISED_TO_2 else ratio.text,
        unit=definition.unit.value,
        numerator=ratio.numerator,
        denominator=ratio.denominator,
        outside=dict(outside or {}),
        facts=dict(facts or {}),
    )


def mean_figure(
    measure: str, mean: Fraction | None, *, calls: int | None = None, visits: int | None = None
) -> FigureOut:
    """A mean of so many calls or visits; its exact value is numerator by denominator."""
    definition = DEFINITIONS[measure]
    shown = number(mean)
    return FigureOut(
        measure=measure,
        definition_version=definition.version,
        clock=None,
        value=None if shown is None else f"{shown:.2f}".rstrip("0").rstrip("."),
        unit=definition.unit.value,
        numerator=None if mean is None else mean.numerator,
        denominator=None if mean is None else mean.denominator,
        outside={},
        facts={"calls": calls} if visits is None else {"visits": visits},
    )
