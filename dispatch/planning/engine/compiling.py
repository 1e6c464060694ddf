"""The one door to numba: functions compiled once per machine, kept beside the module if it may be.

Where nothing may be written they are compiled anew in each process; answers never differ.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from numba import njit

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def compiled(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Compile on first call, free of the interpreter's lock, and keep the result on disk."""
    try:
        kept = njit(function, cache=True, nogil=True, error_model="numpy")
    except RuntimeError:  # no place to write: not beside the module, nor in the user's cache
        kept = njit(function, nogil=True, error_model="numpy")
    return cast("Callable[Given, Answer]", kept)
