"""How far an agreement is in order, told as points and as what it lacks."""

from typing import Any

from server.conformity.hygiene import POINTS
from tests.server.agreements.paper import AGREEMENTS, Office, promise, terms, version
from tests.server.company import Company


async def score(office: Office, made: Any) -> tuple[int, dict[str, int]]:
    answer = await office.author.get(f"{AGREEMENTS}/{made['id']}/hygiene")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    return found["score"], {each["code"]: each["points"] for each in found["gaps"]}


async def test_the_score_is_a_hundred_less_the_points_of_its_gaps(
    office: Office,
) -> None:
    made = await office.in_force(next_review_on="2020-01-01")
    points, gaps = await score(office, made)
    assert set(gaps) == {
        "backup_missing",
        "review_overdue",
        "exclusions_missing",
        "feedback_missing",
        "meetings_unplanned",
        "focus_missing",
        "outcome_unmeasured",
    }
    assert points == 100 - sum(gaps.values())


async def test_each_gap_is_gone_once_it_is_mended(office: Office, company: Company) -> None:
    row = {"service": "REPAIR", "exclusions": ["Vandalism"]}
    wanted = version(company, terms=terms(company, services=[row]))
    later = company.now.date().replace(year=company.now.year + 1).isoformat()
    made = await office.in_force(first_version=wanted, next_review_on=later, backup_name="Marta")
    path = f"{AGREEMENTS}/{made['id']}"
    today = company.now.date().isoformat()
    cadence = {"level": "operational", "every_months": 1, "first_on": today}
    aim = {"text": "Calm", "in_words": "Nobody calls twice"}
    for what, sent in (
        ("meetings/cadences", cadence),
        ("aims", aim | {"kind": "focus"}),
        ("aims", aim | {"kind": "outcome"}),
    ):
        answer = await office.author.post(f"{path}/{what}", sent)
        assert answer.status_code == 201, answer.text
    assert await score(office, made) == (90, {"feedback_missing": POINTS["feedback_missing"]})


async def test_hours_that_a_promise_takes_from_what_holds_for_everybody_are_no_gap(
    office: Office, company: Company
) -> None:
    own = terms(company, promise(company, calendar_id=None, severity="S2"))
    of_house: dict[str, object] = {
        "service": "REPAIR",
        "clock": "response",
        "calendar_id": str(company.hours.id),
    }
    house = terms(company, promise(company), of_house)
    await office.in_force("HOUSE", customer_id=None, first_version=version(company, terms=house))
    made = await office.in_force(first_version=version(company, terms=own))
    _, gaps = await score(office, made)
    assert "calendar_missing" not in gaps


def test_an_agreement_that_lacks_everything_has_no_points() -> None:
    excluded = POINTS["review_overdue"] + POINTS["meetings_missed"]
    assert sum(POINTS.values()) - excluded == 100
