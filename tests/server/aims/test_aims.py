"""What is to be reached under an agreement: each aim with its state, and what it rests on."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from dispatch.agreements import months_later
from server.accounts.schemas import Role
from server.aims.actions import note_benchmark, set_aim
from server.aims.queries import aims, aims_of
from server.aims.schemas import AimBody, AimOut, BenchmarkBody
from tests.server.agreements.paper import AGREEMENTS, Office, terms, version
from tests.server.breaches.missed import EVA, look
from tests.server.company import Company, Member
from tests.server.experience.test_feedback import ended, give
from tests.server.experience.test_links import link_to, says
from tests.server.interventions.town import Town, minutes
from tests.server.meetings.test_pack import agreement_id

Made = Mapping[str, Any]
IN_WORDS = {"kind": "focus", "text": "No queue in the lobby", "in_words": "Nobody waits at eight"}


async def add(who: Member, made: Made, body: object) -> dict[str, Any]:
    answer = await who.post(f"{AGREEMENTS}/{made['id']}/aims", body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def satisfied(town: Town, kind: str = "focus", least: str = "80") -> AimOut:
    """An aim that follows satisfaction, as it stands now."""
    about = await agreement_id(town, "A-1")
    async with town.write() as session:
        body = AimBody(kind=kind, text="Happy", measure="csat_top2", at_least=least)  # type: ignore[arg-type]
        if not await aims_of(session, about):
            await set_aim(session, EVA, about, body, now=town.now)
        found = await aims(session, EVA, about, town.now)
    return (found.focus + found.key_results + ([found.outcome] if found.outcome else []))[0]


async def test_an_aim_is_unknown_under_five_answers_and_then_met_or_not(town: Town) -> None:
    about = await ended(town)
    await give(town, about, csat=5)
    for csat in (4, 5, 2):
        await says(town, await link_to(town, about), csat=csat)
    few = await satisfied(town)
    assert (few.state, few.value, few.rests_on, few.fewest) == ("unknown", "75", 4, 5)
    await says(town, await link_to(town, about), csat=4)
    assert (await satisfied(town)).state == "met"
    await says(town, await link_to(town, about), csat=1)
    assert (await satisfied(town)).state == "not_met"


async def test_a_key_result_follows_its_measure_without_anybody_typing(town: Town) -> None:
    about = await ended(town)
    await give(town, about, csat=5)
    first = await satisfied(town, "key_result")
    await says(town, await link_to(town, about), csat=1)
    then = await satisfied(town, "key_result")
    assert (first.id, first.version) == (then.id, then.version)
    assert (first.value, first.rests_on, then.value, then.rests_on) == ("100", 1, "50", 2)


async def test_promises_kept_on_one_clock_may_be_an_aim(town: Town) -> None:
    about = await agreement_id(town, "A-1")
    body = AimBody(
        kind="focus",
        text="There in time",
        measure="sla_attainment",
        clock="response",
        at_least=90,  # type: ignore[arg-type]
    )
    for _ in range(5):
        await town.report("S2")
    await look(town, after=minutes(125))
    async with town.write() as session:
        (found,) = (await set_aim(session, EVA, about, body, now=town.now)).focus
    assert (found.state, found.value, found.rests_on) == ("not_met", "0", 5)


async def test_the_outcome_has_a_measure_beside_it_and_another_takes_its_place(
    office: Office, company: Company
) -> None:
    wanted = version(company, terms=terms(company, desired_outcome="Everybody gets upstairs."))
    made = await office.in_force(first_version=wanted)
    measure = {"measure": "first_time_fix", "at_least": "85"}
    await add(office.author, made, {"kind": "outcome", "text": "Repaired once", **measure})
    found = await add(
        office.author, made, {"kind": "outcome", "text": "Repaired at once", **measure}
    )
    assert found["desired_outcome"] == "Everybody gets upstairs."
    assert (found["outcome"]["text"], found["outcome"]["state"]) == ("Repaired at once", "unknown")


async def test_an_aim_told_in_words_is_answered_by_somebody_until_it_is_over(
    office: Office,
) -> None:
    made = await office.in_force()
    (aim,) = (await add(office.author, made, IN_WORDS))["focus"]
    assert (aim["state"], aim["rests_on"]) == ("unknown", None)
    path = f"{AGREEMENTS}/{made['id']}/aims/{aim['id']}/commands"
    sent = {"kind": "answer", "answer": "met", "base_version": aim["version"], "note": "Counted."}
    (answered,) = (await office.author.post(path, sent)).json()["focus"]
    assert (answered["state"], answered["answer_note"]) == ("met", "Counted.")
    stale = await office.author.post(path, sent)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    over = await office.author.post(path, {"kind": "end", "base_version": answered["version"]})
    assert over.json()["focus"] == []


async def test_an_agreement_has_five_focus_areas_at_most(office: Office) -> None:
    made = await office.in_force()
    for _ in range(5):
        await add(office.author, made, IN_WORDS)
    refused = await office.author.post(f"{AGREEMENTS}/{made['id']}/aims", IN_WORDS)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "too_many")


async def test_an_aim_without_a_measure_or_off_its_scale_is_refused(office: Office) -> None:
    made = await office.in_force()
    path = f"{AGREEMENTS}/{made['id']}/aims"
    focus = {"kind": "focus", "text": "Happy"}
    for body in (
        focus,
        focus | {"measure": "csat_mean"},
        focus | {"measure": "csat_mean", "at_least": "6"},
        focus | {"measure": "sla_attainment", "at_least": "90"},
        {"kind": "key_result", "text": "Happy", "in_words": "They smile"},
    ):
        assert (await office.author.post(path, body)).status_code == 422, body
    (measured,) = (
        await add(office.author, made, focus | {"measure": "ces_mean", "at_least": "6"})
    )["focus"]
    sent = {"kind": "answer", "answer": "met", "base_version": measured["version"]}
    refused = await office.author.post(f"{path}/{measured['id']}/commands", sent)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "measured")


async def test_a_manager_reads_the_aims_of_their_own_agreement_only(
    office: Office, company: Company
) -> None:
    made = await office.in_force()
    await add(office.author, made, IN_WORDS)
    theirs = await office.in_force("THEIRS", customer_id=str(company.away.customer.id))
    manager = await company.sign_in(office.author.client, Role.MANAGER)
    found = (await manager.get(f"{AGREEMENTS}/{made['id']}/aims")).json()
    assert [each["text"] for each in found["focus"]] == ["No queue in the lobby"]
    assert "Experience" not in str(found)
    for what in ("aims", "commitments"):
        assert (await manager.get(f"{AGREEMENTS}/{theirs['id']}/{what}")).status_code == 404


async def test_a_commitment_comes_back_and_a_missed_one_stands_in_the_report(
    office: Office, company: Company
) -> None:
    made = await office.in_force()
    today = company.now.date()
    first_on = months_later(today, -9)
    path = f"{AGREEMENTS}/{made['id']}/commitments"
    sent = {"text": "Usability review", "every_months": 6, "first_on": first_on.isoformat()}
    answer = await office.author.post(path, sent)
    assert answer.status_code == 201, answer.text
    (made_it,) = answer.json()["items"]
    assert (made_it["kept"], made_it["missed"]) == (0, 2)
    kept = {
        "kind": "keep",
        "base_version": made_it["version"],
        "day": (first_on + timedelta(days=10)).isoformat(),
    }
    (now,) = (await office.author.post(f"{path}/{made_it['id']}/commands", kept)).json()["items"]
    second = months_later(first_on, 6).isoformat()
    assert (now["kept"], now["missed_on"]) == (1, [second])
    span = {"from_day": first_on.isoformat(), "to_day": today.isoformat()}
    report = f"/api/reports/customers/{company.home.customer.id}"
    (counted,) = (await office.author.get(report, **span)).json()["commitments"]
    assert (counted["text"], counted["kept"], counted["missed_on"]) == (
        "Usability review",
        1,
        [second],
    )
    early = {"kind": "end", "base_version": now["version"], "day": first_on.isoformat()}
    refused = await office.author.post(f"{path}/{made_it['id']}/commands", early)
    assert refused.json()["errors"][0]["code"] == "in_the_past"
    end = early | {"day": today.isoformat()}
    (over,) = (await office.author.post(f"{path}/{made_it['id']}/commands", end)).json()["items"]
    assert (over["next_on"], over["missed"]) == (None, 1)


async def test_a_figure_of_others_stands_beside_ours_with_its_age(town: Town) -> None:
    about = await ended(town)
    await give(town, about, csat=5)
    id_ = await agreement_id(town, "A-1")
    as_of = months_later(town.now.date(), -3)
    async with town.write() as session:
        for value, day in ((70, as_of - timedelta(days=400)), (82, as_of)):
            body = BenchmarkBody(measure="csat_top2", value=value, source="Trade fair", as_of=day)  # type: ignore[arg-type]
            found = await note_benchmark(session, EVA, id_, body, now=town.now)
    (told,) = found.items
    assert (told.value, told.own, told.rests_on) == ("82", "100", 1)
    assert told.age_days == (town.now.date() - as_of).days
