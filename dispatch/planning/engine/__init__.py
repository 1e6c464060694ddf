"""The compiled engine: a problem as arrays, and a search over them without the interpreter's lock.

Importing this package is cheap; numba is loaded, and where nobody did before, the kernels compiled,
by `warm` or the first search.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dispatch.planning.engine.search import Search

_ready: list[bool] = []


def is_warm() -> bool:
    """Tell whether this process has the compiled kernels at hand."""
    return bool(_ready)


def warm() -> None:
    """Load the compiled kernels; on a machine's first time this takes half a minute."""
    if not _ready:
        import_module("dispatch.planning.engine.warming").run_everything()
        _ready.append(True)


def search_class() -> "type[Search]":
    """Give the search, which needs numba, only when somebody searches."""
    found: type[Search] = import_module("dispatch.planning.engine.search").Search
    return found
