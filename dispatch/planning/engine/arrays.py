"""The kinds of arrays that compiled code reads and changes."""

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Small = NDArray[np.int32]
Records = NDArray[np.void]
Record = np.recarray[tuple[int], np.dtype[np.void]]  # one row, its entries by name


def record(*names: str) -> np.dtype[np.void]:
    """Give a row of whole numbers with these names; rows keep what is read together together."""
    return np.dtype([(name, np.int64) for name in names])
