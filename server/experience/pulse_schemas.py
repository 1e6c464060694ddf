"""Wire shapes of the pulse of technicians."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from dispatch.measures.satisfaction import BEST_SATISFACTION, LOWEST
from server.kit.wire import Body, Out

Weighs = Literal["travel", "parts", "time", "access", "planning", "nothing"]


class PulseBody(Body):
    """How a local day was, from 1 bad to 5 good, and what weighed most on it."""

    day: date
    score: Annotated[int, Field(ge=LOWEST, le=BEST_SATISFACTION)]
    weighs: Weighs


class PulseOut(Out):
    """Not counted where that day was told of before."""

    day: date
    is_counted: bool
