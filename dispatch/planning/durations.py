"""Travel between very many places, kept as one block of numbers and read like rows of them.

A matrix of Python's own numbers takes eight times the memory; for a small day it is as good.
"""

from collections.abc import Iterator, Sequence
from typing import Self, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

Slice: TypeAlias = "slice[int | None, int | None, int | None]"

MANY = 1000  # places from which the block is worth it


class Durations(Sequence[Sequence[int]]):
    """A square of travel times in whole seconds: four bytes each, and never changed.

    >>> way = Durations(np.array([[0, 60], [70, 0]]))
    >>> way[1][0], len(way), way == ((0, 60), (70, 0))
    (70, 2, True)
    """

    __slots__ = ("_extremes", "_rows", "block")

    def __init__(self, block: NDArray[np.int32] | NDArray[np.int64]) -> None:
        self.block: NDArray[np.int32] = np.ascontiguousarray(block, dtype=np.int32)
        # A view of memory gives Python's own whole numbers, which a row of an array would not.
        self._rows = tuple(memoryview(row) for row in self.block)
        self._extremes: tuple[int, int] | None = None

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> Self:
        """Pack rows of equal length whose numbers fit."""
        return cls(np.array([np.fromiter(row, np.int32, len(row)) for row in rows]))

    @property
    def extremes(self) -> tuple[int, int]:
        """The least and the greatest of all its numbers, looked for once; zeros if it is empty."""
        if self._extremes is None:
            is_empty = self.block.size == 0
            self._extremes = (0, 0) if is_empty else (int(self.block.min()), int(self.block.max()))
        return self._extremes

    @overload
    def __getitem__(self, index: int) -> Sequence[int]: ...
    @overload
    def __getitem__(self, index: Slice) -> Sequence[Sequence[int]]: ...
    def __getitem__(self, index: "int | Slice") -> Sequence[int] | Sequence[Sequence[int]]:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Sequence[int]]:
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Durations):
            return np.array_equal(self.block, other.block)
        if not isinstance(other, Sequence) or len(other) != len(self):
            return NotImplemented
        return all(list(mine) == list(row) for mine, row in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash((self.block.shape, self.block[:1].tobytes()))

    def __reduce__(self) -> tuple[type[Self], tuple[NDArray[np.int32]]]:
        return type(self), (self.block,)


def as_block(durations: Sequence[Sequence[int]]) -> NDArray[np.int32]:
    """Give travel times as one block, without a copy where they already are."""
    if isinstance(durations, Durations):
        return durations.block
    return np.array(durations, dtype=np.int32).reshape(len(durations), len(durations))
