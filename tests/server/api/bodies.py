"""A body each write would take, for a company and a number that keeps codes and days apart.

Sending them is the tests' business.
"""

from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from server.accounts.schemas import Role
from server.agreements.documents import fingerprint
from server.presence.location import NOTICE
from tests.server.company import PASSWORD, WEEKDAYS, Branch, Company
from tests.server.pictures import PHOTO

Body = dict[str, Any]
ZONE = "Europe/Paris"
NOTHING = "00000000-0000-0000-0000-000000000000"
FIRST_DAY = datetime(2031, 1, 6, 7, tzinfo=UTC)
OUTLINE = {"type": "Polygon", "coordinates": [[[1.4, 42.4], [1.8, 42.4], [1.6, 42.6], [1.4, 42.4]]]}
HOME = {"lat": 42.5, "lon": 1.5}


def bodies(company: Company, number: int, branch: Branch | None = None) -> Mapping[str, Body]:
    """By operation id; in `branch` of the company, or at home."""
    return {
        **_accounts(company, number),
        **_regions(company, number),
        **_services(number),
        **_parts(number),
        **_severity(number, branch or company.home),
        **_imports(number),
        **_places(number, branch or company.home),
        **_roster(number, branch or company.home),
        **_presence(company, number, branch or company.home),
        **_agreements(company, number, branch or company.home),
        **_interventions(company, number, branch or company.home),
        **_planning(number, branch or company.home),
        **_owed(company, number),
        **_residents(number, branch or company.home),
        **_phones(number),
    }


def _accounts(company: Company, number: int) -> dict[str, Body]:
    return {
        "sign_in": {"email": company.emails[Role.AUDITOR], "password": PASSWORD},
        "give_reading_reason": {"reason": f"Yearly audit, sample {number}"},
        "change_preferences": {"language": ("fr", "en", "es", "nl")[number % 4]},
        "create_account": {
            "email": f"person{number}@example.org",
            "name": f"Person {number}",
            "role": "auditor",
            "password": PASSWORD,
            "region_ids": [str(company.valley.id)],
        },
        "change_account": {"name": f"Renamed {number}", "language": ("fr", "nl")[number % 2]},
        "invite_account": {"is_on": True},
        "accept_invitation": {"token": f"given-{number}", "password": PASSWORD},
        "create_api_key": {
            "name": f"Program {number}",
            "role": "dispatcher",
            "region_ids": [str(company.valley.id)],
            "expires_at": "2041-01-01T00:00:00Z",
        },
        "change_api_key": {"name": f"Program renamed {number}", "is_renewed": True},
        "create_webhook": {
            "name": f"ERP {number}",
            "url": f"https://hooks.example.org/palier/{number}",
            "kinds": ["visit_completed", "promise_breached"],
            "region_ids": [str(company.valley.id)],
        },
        "change_webhook": {"name": f"ERP renamed {number}", "kinds": ["made_safe"]},
        "read_notices": {"up_to": number},
        "change_own_notifications": {
            "quiet_from": number % 1440,
            "quiet_to": (number + 480) % 1440,
            "zone": ZONE,
        },
        "change_role_notifications": {
            "role": "manager",
            "choices": {
                topic: {"email": bool(number >> bit & 1)}
                for bit, topic in enumerate(("planned", "moved", "completed", "in_scope"))
            },
        },
        "look_at_board": {"page": f"page-{number}", "region_id": str(company.valley.id)},
    }


def _regions(company: Company, number: int) -> dict[str, Body]:
    return {
        "create_calendar": {
            "code": f"HOURS-{number}",
            "name": f"Hours {number}",
            "zone": ZONE,
            "weekly": WEEKDAYS,
            "special": {"2031-12-24": [[480, 720]]},
            "holidays": ["2031-12-25"],
        },
        "create_region": {
            "code": f"REGION-{number}",
            "name": f"Region {number}",
            "zone": ZONE,
            "profile": "urban",
            "calendar_id": str(company.hours.id),
            "outline": OUTLINE,
            "response_minutes": {"S1": 25 + number % 100, "S4": 4_320},
        },
        "change_region": {
            "name": f"Renamed {number}",
            "outline": OUTLINE,
            "borrows_from": [str(company.mountain.id)],
            "borrow_cost": 900,
            "speeds": {"busy": [{"from_minute": 450, "to_minute": 570, "factor": 1.4}]},
        },
        "change_calendar": {
            "name": f"Hours {number}",
            "holidays": ["2031-12-25"],
            "reason": "The year's holidays are known.",
        },
    }


def _services(number: int) -> dict[str, Body]:
    kinds = ("lift", "goods_lift", "escalator", "platform", "other")
    works = ("repair", "maintenance", "inspection", "request")
    names = {"en": f"Service {number}", "fr": "Service", "es": "Servicio", "nl": "Dienst"}
    return {
        "create_service": {
            "code": f"SERVICE-{number}",
            "names": names,
            "work_type": works[number // len(kinds) % len(works)],
            "asset_kind": kinds[number % len(kinds)],
        },
        "change_service": {"names": names},
    }


def _parts(number: int) -> dict[str, Body]:
    names = {"en": f"Roller {number}", "fr": "Galet", "es": "Rodillo", "nl": "Rol"}
    return {
        "create_part": {"code": f"PART-{number}", "names": names, "unit": "pair"},
        "change_part": {"names": names, "is_withdrawn": True},
    }


def _imports(number: int) -> dict[str, Body]:
    table = f"code;name\nIMPORTED-{number};Customer {number}\n"
    content = b64encode(table.encode()).decode()
    return {"import_table": {"kind": "customers", "content": content}}


def _severity(number: int, branch: Branch) -> dict[str, Body]:
    row = {"now": "S2", "today": "S3", "later": ("S3", "S4")[number % 2]}
    person = dict.fromkeys(row, "S1")
    cells = {"person": person, "stopped": row, "limited": row, "none": dict.fromkeys(row, "S4")}
    harder = {**cells, "stopped": {**row, "today": "S2"}}
    return {
        "create_severity_matrix": {"customer_id": str(branch.customer.id), "cells": cells},
        "change_severity_matrix": {"cells": harder},
    }


def _places(number: int, branch: Branch) -> dict[str, Body]:
    return {
        "create_customer": {
            "code": f"CUSTOMER-{number}",
            "name": f"Customer {number}",
            "language": "fr",
            "contact_name": "Núria",
            "contact_phone": "+376 800 000",
            "contact_email": "nuria@example.org",
        },
        "change_customer": {"name": f"Renamed {number}", "contact_name": "Jordi"},
        "create_site": {
            "code": f"SITE-{number}",
            "region_id": str(branch.site.region_id),
            "customer_id": str(branch.customer.id),
            "name": f"Site {number}",
            "street": "Carrer Major",
            "number": "7",
            "position": HOME,
            "access_notes": "Ring twice.\nThe dog is kind.",
            "hazards": ["Asbestos in the machine room"],
            "key_box": "Left of the door, 4711",
            "contacts": [{"name": "Núria", "phone": "+376 800 000", "role": "caretaker"}],
        },
        "change_site": {
            "name": f"Renamed {number}",
            "position": HOME,
            "hazards": [],
            "critical_windows": [
                {"name": "Clinic", "days": [0, 1], "from_minute": 480, "to_minute": 720}
            ],
            "access_hours": [
                {"days": [0, 1], "from_minute": 480, "to_minute": 720, "note": "Ring"}
            ],
        },
        "create_document": {
            "site_id": str(branch.site.id),
            "asset_id": str(branch.lift.id),
            "kind": "certificate",
            "name": f"Certificate {number}",
            "valid_until": "2031-05-06",
            "is_shared": True,
        },
        "change_document": {"name": f"Certificate {number}", "valid_until": "2032-05-06"},
        "create_asset": {
            "site_id": str(branch.site.id),
            "code": f"ASSET-{number}",
            "name": f"Lift {number}",
            "kind": "lift",
            "levels": 5,
            "installed_on": "2001-05-06",
        },
        "change_asset": {"name": f"Renamed {number}", "levels": 6, "retired_on": "2031-05-06"},
    }


def _roster(number: int, branch: Branch) -> dict[str, Body]:
    starts = FIRST_DAY + timedelta(days=number)
    certificate = {"name": "Electrical work", "valid_until": "2032-01-01"}
    return {
        "create_technician": {
            "code": f"TECHNICIAN-{number}",
            "region_id": str(branch.technician.region_id),
            "name": f"Technician {number}",
            "home": HOME,
            "languages": ["fr"],
            "skills": {"traction": 3},
            "certificates": [certificate],
        },
        "change_technician": {"name": f"Renamed {number}", "skills": {"hydraulic": 1}},
        "create_shift": {
            "technician_id": str(branch.technician.id),
            "starts_at": starts.isoformat(),
            "ends_at": (starts + timedelta(hours=9)).isoformat(),
            "overtime_max_seconds": 3600,
            "lunch": {
                "earliest_at": (starts + timedelta(hours=4)).isoformat(),
                "latest_at": (starts + timedelta(hours=5)).isoformat(),
                "duration_seconds": 2700,
            },
        },
        "change_shift": {"overtime_max_seconds": 60 * (number % 60)},
    }


def _presence(company: Company, number: int, branch: Branch) -> dict[str, Body]:
    away = FIRST_DAY + timedelta(days=number)
    return {
        "record_absence": {
            "technician_id": str(branch.technician.id),
            "kind": ("leave", "training", "other")[number % 3],
            "starts_at": away.isoformat(),
            "ends_at": (away + timedelta(hours=3)).isoformat(),
            "note": f"Absence {number}",
        },
        "request_absence": {
            "kind": ("leave", "training", "other")[number % 3],
            "starts_at": away.isoformat(),
            "ends_at": (away + timedelta(hours=3)).isoformat(),
        },
        "decide_absence": {"decision": "refused", "answer": f"Too late {number}"},
        "write_week": {
            "first_day": away.date().isoformat(),
            "last_day": away.date().isoformat(),
            "duties": [{"weekdays": list(range(7)), "starts": "05:00", "ends": "05:30"}],
            "is_preview": True,
        },
        "read_calendar": {
            "first_day": away.date().isoformat(),
            "last_day": away.date().isoformat(),
            "content": "BEGIN:VCALENDAR\nEND:VCALENDAR",
        },
        "write_calendar_entries": {
            "kind": "leave",
            "spans": [
                {
                    "starts_at": away.isoformat(),
                    "ends_at": (away + timedelta(hours=3)).isoformat(),
                }
            ],
            "is_preview": True,
        },
        "write_on_call_rota": {
            "technician_ids": [str(branch.technician.id)],
            "first_day": away.date().isoformat(),
            "last_day": away.date().isoformat(),
            "starts": "21:00",
            "ends": "05:00",
            "rank": 1,
            "is_preview": True,
        },
        "change_calendar_feed": {"is_on": True},
        "command_technician": {
            "id": f"said-{number:08}",
            "kind": "report_fit",
            "at": company.now.isoformat(),
            "base_version": 0,
        },
        "switch_location": {"is_on": number % 2 == 0, "notice_version": NOTICE},
        "send_positions": {
            "positions": [{**HOME, "at": company.now.isoformat(), "accuracy_m": number % 100}]
        },
    }


def _agreements(company: Company, number: int, branch: Branch) -> dict[str, Body]:
    begins = FIRST_DAY.date() + timedelta(days=number)
    promise = {
        "service": "REPAIR",
        "severity": "S2",
        "clock": "response",
        "promise": {"kind": "seconds", "seconds": 14_400},
        "calendar_id": str(company.hours.id),
    }
    version = {
        "valid_from": begins.isoformat(),
        "valid_to": (begins + timedelta(days=1)).isoformat(),
        "zone": ZONE,
        "terms": {"services": [{"service": "REPAIR"}], "clauses": [promise]},
    }
    return {
        "create_agreement": {
            "number": f"AGREEMENT-{number}",
            "customer_id": str(branch.customer.id),
            "name": f"Agreement {number}",
            "owner_name": "Jordi",
            "first_version": version,
        },
        "add_agreement_version": version,
        "change_agreement": {"name": f"Renamed {number}", "owner_name": "Jordi"},
        "change_agreement_version": {"valid_from": begins.isoformat(), "zone": ZONE},
        "command_agreement_version": {
            "kind": "withdraw",
            "base_version": 1,
            "reason": f"Thought better of it {number}.",
        },
        "hold_agreement_review": {
            "held_on": company.now.date().isoformat(),
            "outcome": "reached",
            "note": f"Review {number}",
        },
        "set_meeting_cadence": {
            "level": "tactical",
            "every_months": 3,
            "first_on": (company.now.date() + timedelta(days=number)).isoformat(),
            "seats": ["owner", "building_manager"],
        },
        "add_agenda_item": {"level": "operational", "text": f"Keys of the plant room {number}."},
        "record_decision": {
            "text": f"Check the doors {number}.",
            "owner_name": "Jordi",
            "due_on": (company.now.date() + timedelta(days=30)).isoformat(),
        },
        "end_decision": {"kind": "complete", "base_version": 1, "note": f"Checked {number}."},
        "set_aim": {
            "kind": "key_result",
            "text": f"Repaired once and for all {number}",
            "measure": "first_time_fix",
            "at_least": "85",
        },
        "command_aim": {"kind": "end", "base_version": 1, "note": f"Reached {number}."},
        "make_commitment": {
            "text": f"Roadmap {number}",
            "every_months": 12,
            "first_on": company.now.date().isoformat(),
        },
        "command_commitment": {
            "kind": "keep",
            "base_version": 1,
            "day": company.now.date().isoformat(),
            "note": f"Shown {number}.",
        },
        "note_benchmark": {
            "measure": "csat_top2",
            "value": "82",
            "source": f"Trade survey {number}",
            "as_of": company.now.date().isoformat(),
        },
        "add_alternative": {
            "name": f"Two hours {number}",
            "service": "REPAIR",
            "severity": "S2",
            "promise": {"kind": "seconds", "seconds": 7200},
            "prices": [{"amount": "120.50"}],
        },
        "price_alternative": {"prices": [{"amount": f"{number}.10"}], "base_version": 1},
        "record_expectation": {
            "said_by": "Núria",
            "said_on": company.now.date().isoformat(),
            "text": f"Nobody waits {number}.",
        },
        "record_requirement": {
            "text": f"There within the hour {number}.",
            "source": "Tender",
            "asked_on": company.now.date().isoformat(),
            "traces": [{"part": "promise", "service": "REPAIR", "clock": "response"}],
        },
        "change_requirement": {"status": "agreed"},
        "propose_terms": {
            "part": {"part": "obligation"},
            "text": f"Keep the pit dry {number}.",
        },
        "decide_proposal": {"decision": "refused", "reason": f"It is dry {number}."},
        "answer_final_version": {"answer": "approved", "comment": f"Fine {number}."},
        "ask_agreement_change": {"text": f"Come sooner {number}."},
        "decide_agreement_change": {"decision": "kept", "reason": f"It works {number}."},
        "import_register": {
            "format": "palier-agreements-1",
            "agreements": [_registered(version, branch, number)],
        },
    }


def _registered(version: Body, branch: Branch, number: int) -> Body:
    """A draft as the register tells of it: what is not recorded yet is empty."""
    line = {"service": "REPAIR", "severity": "S2", "clock": "response", "calendar": "OFFICE"}
    promised = line | {"promise": {"kind": "seconds", "seconds": 14_400}}
    terms = {"services": [{"service": "REPAIR"}], "clauses": [promised]}
    document = {
        "zone": ZONE,
        "valid_from": version["valid_from"],
        "valid_to": version["valid_to"],
        "terms": terms,
    }
    texts = ("verified_by", "activated_by", "termination_reason", "termination_requested_by")
    instants = ("verified_at", "activated_at", "termination_requested_at", "terminated_at")
    draft = {
        "number": 1,
        "status": "draft",
        "document": document,
        "sha256": fingerprint(document),
        "valid_to": version["valid_to"],
        "author_name": "Somebody",
        "written_at": "2026-01-01T08:00:00+00:00",
        "signatories": [],
        "files": [],
        "terminated_by": "",
        **dict.fromkeys(texts, ""),
        **dict.fromkeys((*instants, "signed_on", "signed_file", "ends_on", "closed_at")),
    }
    return {
        "number": f"REGISTERED-{number}",
        "customer": branch.customer.code,
        "kind": "customer",
        "party": "",
        "name": f"Registered {number}",
        "owner_name": "",
        "review_every_months": None,
        "next_review_on": None,
        "versions": [draft],
        "reviews": [],
        "change_requests": [],
    }


def _interventions(company: Company, number: int, branch: Branch) -> dict[str, Body]:
    command = {
        "id": f"command-{number}",
        "at": company.now.isoformat(),
        "base_version": 1,
    }
    return {
        "report_intervention": {
            "asset_id": str(branch.lift.id),
            "severity": "S2",
            "summary": f"Does not move {number}",
            "description": "Stands open on the ground floor.",
            "caller_name": "Reception",
            "caller_phone": "+376 800 001",
            "skills": {"traction": 1},
            "duration_seconds": 3600,
        },
        "change_intervention": {"summary": f"Moves again {number}", "duration_seconds": 1800},
        "merge_intervention": {"into_id": NOTHING, "base_version": 1},
        "separate_intervention": {"base_version": 1},
        "tie_interventions": {"other_id": NOTHING},
        "untie_interventions": {"other_id": NOTHING},
        "command_intervention": {**command, "kind": "acknowledge"},
        "record_pause": {
            "reason": "no_access",
            "evidence": f"Rang {number} times.",
            "from_at": company.now.isoformat(),
        },
        "decide_pause": {"decision": "refused"},
        "command_visit": {**command, "kind": "note", "payload": {"note": f"Note {number}"}},
        "portal_choose": {
            "from_at": "2031-01-06T08:00:00Z",
            "to_at": "2031-01-06T10:00:00Z",
        },
        "portal_report": {
            "asset_id": str(company.home.lift.id),
            "kind": "degraded",
            "description": f"It makes a noise, {number}.",
        },
    }


def _planning(number: int, branch: Branch) -> dict[str, Body]:
    starts = FIRST_DAY + timedelta(hours=2 * number)
    return {
        "see_alarm": {"region_id": str(branch.site.region_id), "alarm": f"declined:{number}"},
        "assign_intervention": {
            "technician_id": str(branch.technician.id),
            "starts_at": starts.isoformat(),
            "travel_seconds": 900,
            "lock_technician": True,
        },
        "place_visits": {
            "kind": "lock",
            "is_technician_locked": True,
            "is_start_locked": number % 2 == 0,
            "rows": [{"intervention_id": NOTHING}],
        },
        "start_plan": {
            "region_id": str(branch.site.region_id),
            "seconds": 1,
            "seed": number,
            "change_budget": 0,
        },
        "start_plans": {
            "region_ids": [str(branch.site.region_id)],
            "seconds": 1,
            "iterations": 1000 + number,
            "change_budget": 0,
        },
        "change_planning_policy": {"goals": {"move_cost": number % 3_600}, "reason": "Calmer"},
        "suppose": {
            "region_id": str(branch.site.region_id),
            "supposed": [{"kind": "storm", "calls": 1 + number % 9}],
            "seconds": 1,
        },
        "publish_plan_lines": {"intervention_ids": [str(UUID(int=number))]},
        "keep_board_view": {"name": f"My week {number}", "look": "days=7&group=region"},
        "start_trial": {
            "region_id": str(branch.site.region_id),
            "within_seconds": 3600 + number,
            "weeks": 1,
        },
    }


def _residents(number: int, branch: Branch) -> dict[str, Body]:
    return {
        "make_labels": {"asset_ids": [str(branch.lift.id)], "replaces": number % 2 == 1},
        "report_by_label": {
            "token": f"printed-{number}",
            "kind": "degraded",
            "description": f"It rattles, {number}",
            "caller_email": "nil@example.org",
            "photos": [b64encode(PHOTO).decode()],
        },
        "tracked_survey": {"token": f"given-{number}"},
        "change_portal_calendar": {"is_on": number % 2 == 0},
        "take_lift_alarm": {
            "asset_code": branch.lift.code,
            "kind": "degraded",
            "fault_code": f"E{number}",
        },
        "comment_on_intervention": {"text": f"When do you come? {number}"},
        "comment_on_agreement": {"text": f"Could Saturdays be part of it? {number}"},
    }


def _owed(company: Company, number: int) -> dict[str, Body]:
    return {
        "give_feedback": {
            "intervention_id": NOTHING,
            "csat": 1 + number % 5,
            "effort": 1 + number % 7,
            "comment": f"Kind, {number}",
        },
        "make_extract": {"from_day": "2026-05-01", "to_day": f"2026-06-{1 + number % 30:02}"},
        "verify_extract": {"extract": {"number": number}, "signature": "bm9uZQ=="},
        "give_pulse": {
            "day": company.now.date().isoformat(),
            "score": 1 + number % 5,
            "weighs": ("travel", "parts")[number % 2],
        },
        "make_feedback_link": {"channel": ("link", "mail", "qr")[number % 3]},
        "answer_by_link": {"token": f"given-{number}", "csat": 1 + number % 5},
        "raise_irritation": {"intervention_id": NOTHING, "text": f"Left the hall dirty, {number}"},
        "close_irritation": {"base_version": 1, "reason": f"Talked about it, {number}"},
        "open_improvement": {
            "region_id": NOTHING,
            "title": f"Sweep the hall, {number}",
            "owner_name": "Elena",
            "due_on": "2031-01-06",
            "measure": "csat_top2",
            "expected_points": 1 + number % 99,
        },
        "command_improvement": {"kind": "complete", "base_version": 1, "note": f"Swept, {number}"},
        "propose_excuse": {"reason": f"The pass was closed by snow, {number}"},
        "decide_excuse": {"decision": ("approved", "refused")[number // 2 % 2]},
        "propose_credits": {"month": f"{2000 + number % 25}-{1 + number % 12:02}"},
        "command_credit": {"kind": "drop", "base_version": 1, "reason": f"Settled, {number}"},
        "issue_statement": {"customer_id": NOTHING, "month": "2026-01"},
        "set_cost_rates": {
            "base_number": 0,
            "work_hour": f"{40 + number % 50}.00",
            "travel_hour": "35.50",
        },
    }


def _phones(number: int) -> dict[str, Body]:
    point = (
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
    )
    return {
        "subscribe_push": {
            "endpoint": f"https://fcm.googleapis.com/fcm/send/{number}",
            "keys": {"p256dh": point, "auth": "BTBZMqHH6r4Tts7J_aSIgg"},
            "device": f"phone-{number}",
        },
        "describe_device": {
            "device": f"phone-{number}",
            "is_installed": True,
            "is_persisted": True,
            "notifications": "granted",
            "version": "1.0",
            "platform": "Android",
        },
    }
