"""Routes one job away from known ones: cheap to ask for, and they teach the first duals most.

For a route: without one of its jobs or with all of them, and without or with one more, at its
best place.
"""

from typing import NamedTuple

import numpy as np

from dispatch.planning.bound.person import Person
from dispatch.planning.bound.relaxed import FORBIDDEN, Integers
from dispatch.planning.bound.routes import Column, column, route_price
from dispatch.planning.engine.compiling import compiled_with_arrays


class Nearby(NamedTuple):
    """All routes beside one: `price[left out, put in]` and `place` where the new job goes.

    The last row leaves nothing out, the last column puts nothing in; the base is `order`, in the
    technician's own numbers.
    """

    person: Person
    order: Integers
    price: Integers
    place: Integers

    def cheapest(self, worth: Integers, most: int) -> list[Column]:
        """Give the routes that cost least under these duals, of those that cost less than none."""
        own = worth[self.person.mine]
        out, into = np.append(own[self.order], 0), np.append(own, 0)
        reduced = self.price - (own[self.order].sum() - out[:, None] + into[None, :])
        flat = reduced.ravel()
        few = np.argpartition(flat, min(most, flat.size - 1))[:most]
        few = few[np.argsort(flat[few], kind="stable")]
        found = [column(self.person, self._order(int(each))) for each in few if flat[each] < 0]
        return [each for each in found if each is not None]

    def _order(self, number: int) -> list[int]:
        left_out, put_in = divmod(number, self.price.shape[1])
        order: list[int] = [job for at, job in enumerate(self.order.tolist()) if at != left_out]
        if put_in < len(self.person.mine):
            order.insert(int(self.place[left_out, put_in]), put_in)
        return order


def nearby(person: Person, order: Integers, halt: Integers) -> Nearby:
    """Price every route one job away from this order, or those before `halt[0]` was set."""
    return Nearby(person, order, *priced(person, order, halt))


@compiled_with_arrays
def priced(person: Person, order: Integers, halt: Integers) -> tuple[Integers, Integers]:
    """Give prices, `FORBIDDEN` where it cannot be driven, and places, by left out and put in."""
    count, known = len(person.mine), len(order)
    price = np.full((known + 1, count + 1), FORBIDDEN, np.int64)
    place = np.zeros((known + 1, count + 1), np.int64)
    held = np.zeros(count, np.int64)
    for job in order:
        held[job] = 1
    longer = np.empty(known + 1, np.int64)
    for left_out in range(known + 1):
        size = 0
        for at in range(known):
            if at != left_out:
                longer[size] = order[at]
                size += 1
        if size:
            price[left_out, count] = route_price(person, longer[:size])
        # The new job goes last first, and moves one place forward each time.
        for put_in in range(count):
            if halt[0]:
                return price, place
            if held[put_in]:
                continue
            longer[size] = put_in
            for at in range(size, -1, -1):
                if at < size:
                    longer[at + 1], longer[at] = longer[at], put_in
                whole = route_price(person, longer[: size + 1])
                if whole < price[left_out, put_in]:
                    price[left_out, put_in], place[left_out, put_in] = whole, at
            for at in range(size):
                longer[at] = longer[at + 1]
    return price, place
