"""The compiled engine: a problem as arrays, and a search over them without the interpreter's lock.

Importing this package is cheap; numba is loaded, and where nobody did before, the kernels compiled,
by `warm` or the first search.
"""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dispatch.planning.engine.search import Search


@cache
def warm() -> None:
    """Load the compiled kernels, once; on a machine's first time this takes a minute."""
    import_module("dispatch.planning.engine.warming").run_everything()


@cache
def warm_linked() -> None:
    """Load the kernels for jobs that depend on each other, once; few days have any."""
    warm()
    import_module("dispatch.planning.engine.warming").run_linked()


def is_warm() -> bool:
    """Tell whether this process has loaded the kernels, so that asking them costs nothing."""
    return warm.cache_info().currsize > 0


def search_class() -> "type[Search]":
    """Give the search, which needs numba, only when somebody searches."""
    found: type[Search] = import_module("dispatch.planning.engine.search").Search
    return found
