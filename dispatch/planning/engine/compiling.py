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


# Packages with compiled functions; each calls compiled functions of its own alone.
ROOMS = ("dispatch.planning.engine", "dispatch.planning.bound")


@cache
def _written(room: str) -> str:
    """Sum up every line of a room: a kernel also holds what it calls in other modules."""
    written = [each for each in files(room).iterdir() if each.name.endswith(".py")]
    ordered = sorted(written, key=lambda module: module.name)
    return sha256(b"".join(module.read_bytes() for module in ordered)).hexdigest()


class _WithItsRoom:
    """Compile anew when any module of the room changed, not only the kernel's own."""

    _py_file: str

    def get_source_stamp(self) -> str:
        folders = self._py_file.replace("\\", "/").split("/")[:-1]
        room = ".".join(folders)
        return _written(next(each for each in ROOMS if room.endswith(each)))


class Named(_WithItsRoom, UserProvidedCacheLocator):
    """In the folder the environment names."""


class Beside(_WithItsRoom, InTreeCacheLocator):
    """Beside the module."""


class AtHome(_WithItsRoom, UserWideCacheLocator):
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
