"""The one door to numba: functions compiled once per machine, kept beside the module if it may be.

Where nothing may be written they are compiled anew in each process; answers never differ.
"""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import ParamSpec, TypeVar, cast

from numba import config, njit
from numba.core.caching import (
    InTreeCacheLocator,
    UserProvidedCacheLocator,
    UserWideCacheLocator,
)

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


ROOMS = ("dispatch.planning.engine",)  # packages with compiled functions


@cache
def _written() -> str:
    """Sum up every line of these rooms: a kernel also holds what it calls in other modules."""
    modules = [each for room in ROOMS for each in files(room).iterdir()]
    written = [each for each in modules if each.name.endswith(".py")]
    ordered = sorted(written, key=lambda module: module.name)
    return sha256(b"".join(module.read_bytes() for module in ordered)).hexdigest()


class _WithTheEngine:
    """Compile anew when any module of the engine changed, not only the kernel's own."""

    def get_source_stamp(self) -> str:
        return _written()


class Named(_WithTheEngine, UserProvidedCacheLocator):
    """In the folder the environment names."""


class Beside(_WithTheEngine, InTreeCacheLocator):
    """Beside the module."""


class AtHome(_WithTheEngine, UserWideCacheLocator):
    """In the user's own cache."""


# What the environment variable NUMBA_CACHE_LOCATOR_CLASSES would say.
KEPT_WHERE = ",".join(f"{each.__module__}.{each.__name__}" for each in (Named, Beside, AtHome))
config.CACHE_LOCATOR_CLASSES = KEPT_WHERE  # type: ignore[attr-defined]


def compiled(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Compile on first call, free of the interpreter's lock, and keep the result on disk.

    Such a function only reads and changes the arrays it is given, and so counts no references to
    them, which would take most of its time. One that makes arrays is `compiled_with_arrays`, or
    numba refuses: "NRT required but not enabled".
    """
    return _kept(function, makes_arrays=False)


def compiled_with_arrays(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Compile a function that makes arrays of its own; for work that is called seldom."""
    return _kept(function, makes_arrays=True)


def _kept(function: Callable[Given, Answer], *, makes_arrays: bool) -> Callable[Given, Answer]:
    options = {"nogil": True, "error_model": "numpy", "_nrt": makes_arrays}
    try:
        kept = njit(function, cache=True, **options)  # type: ignore[call-overload]
    except RuntimeError:  # no place to write: not beside the module, nor in the user's cache
        kept = njit(function, **options)  # type: ignore[call-overload]
    return cast("Callable[Given, Answer]", kept)
