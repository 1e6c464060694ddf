"""What one stop and the way home cost, compiled; the break's rule is here and nowhere else.

Lateness never falls with time, so that the earliest start is always the best: no function of time
is needed, a second is enough.
"""

from dispatch.planning.bound.person import Person
from dispatch.planning.bound.relaxed import FORBIDDEN, SCALE
from dispatch.planning.engine.compiling import compiled
from dispatch.planning.job import AIM_STEP


@compiled
def first_rested(person: Person) -> int:
    """1 for a technician who sets out after the break's latest moment: none is owed any more."""
    return 0 if person.route[0].leave <= person.route[0].rest_latest else 1


@compiled
def rested_arrival(person: Person, arrival: int) -> int:
    """When somebody arrives who takes the break on this leg."""
    return int(max(arrival, person.route[0].rest_earliest) + person.route[0].rest_duration)


@compiled
def finish(person: Person, job: int, arrival: int) -> int:
    """When the job is done; -1 if it can no longer be begun, or nobody would be back in time."""
    begin = max(arrival, person.stops[job].floor)
    done = begin + person.stops[job].duration
    is_possible = begin <= person.stops[job].latest and done <= person.route[0].latest_return
    return int(done) if is_possible else -1


@compiled
def starting(person: Person, job: int, done: int) -> int:
    """The price of starting the job when it is done at this second."""
    begin = done - person.stops[job].duration
    price = 0
    if begin > person.stops[job].due:
        late = begin - person.stops[job].due
        price = person.stops[job].late_fixed + late * person.stops[job].late_cost
    if begin > person.stops[job].aim:
        price += (begin - person.stops[job].aim) // AIM_STEP * person.stops[job].aim_cost
    if begin > person.stops[job].slip:
        price += person.stops[job].slip_cost
    return int(price)


@compiled
def going_home(person: Person, here: int, ready: int, rested: int) -> int:
    """The price of driving home from this row, with the break on the way if it is owed."""
    way = person.home[here]
    if way < 0:
        return FORBIDDEN
    back = ready + way
    if rested == 0 and back > person.route[0].rest_earliest:
        if ready > person.route[0].rest_latest:
            return FORBIDDEN
        back = rested_arrival(person, back)
    if back > person.route[0].latest_return:
        return FORBIDDEN
    ends = person.route[0].shift_end
    price = max(0, back - ends) * person.route[0].overtime_cost
    spare = max(0, min(back, ends) - person.route[0].spare_from)
    # Nobody pays to arrive at home: the last leg costs its seconds alone.
    return int(price + spare * person.route[0].spare_cost + way * SCALE)
