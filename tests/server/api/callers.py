"""Who may call what, written down by hand: the second opinion on what each route declares.

A new route needs a row here, and a route that changes its callers needs its row changed.
"""

from server.accounts.schemas import Role
from tests.server.api.operations import Operation

LETTERS = {
    "A": Role.ADMIN,
    "D": Role.DISPATCHER,
    "T": Role.TECHNICIAN,
    "M": Role.MANAGER,
    "X": Role.EXPERIENCE,
    "U": Role.AUDITOR,
}
ALL = "".join(LETTERS)
PUBLIC = "anyone"
CALLERS = {
    "sign_in": PUBLIC,
    "current_session": ALL,
    "change_preferences": ALL,
    "sign_out": ALL,
    "list_accounts": "AU",
    "create_account": "A",
    "list_regions": "ADTXU",
    "get_region": "ADTXU",
    "create_region": "A",
    "change_region": "A",
    "list_calendars": "ADXU",
    "get_calendar": "ADXU",
    "calendar_revisions": "ADXU",
    "create_calendar": "A",
    "change_calendar": "A",
    "list_public_holidays": "ADXU",
    "list_customers": "ADXU",
    "get_customer": "ADXU",
    "create_customer": "A",
    "change_customer": "A",
    "list_sites": "ADMXU",
    "get_site": "ADMXU",
    "create_site": "AD",
    "change_site": "AD",
    "list_assets": "ADMXU",
    "get_asset": "ADMXU",
    "create_asset": "AD",
    "change_asset": "AD",
    "geocode": "AD",
    "list_technicians": "ADTXU",
    "get_technician": "ADTXU",
    "create_technician": "AD",
    "change_technician": "AD",
    "list_shifts": "ADTXU",
    "get_shift": "ADTXU",
    "create_shift": "AD",
    "change_shift": "AD",
    "delete_shift": "AD",
    "list_services": ALL,
    "get_service": ALL,
    "create_service": "A",
    "change_service": "A",
    "list_agreements": "ADXU",
    "get_agreement": "ADXU",
    "create_agreement": "AX",
    "change_agreement": "AX",
    "add_agreement_version": "AX",
    "change_agreement_version": "AX",
    "command_agreement_version": "AX",
    "agreement_findings": "ADXU",
    "agreement_changes": "ADXU",
    "upload_agreement_file": "AX",
    "get_agreement_file": "ADMXU",
    "agreement_reviews": "ADXU",
    "hold_agreement_review": "AX",
    "ask_agreement_change": "AMX",
    "decide_agreement_change": "AX",
    "agreement_coverage": "ADXU",
    "agreement_exposures": "ADXU",
    "promise_cards": "ADXU",
    "export_register": "ADXU",
    "export_register_table": "ADXU",
    "import_register": "A",
    "portal_agreements": "M",
    "portal_promise_cards": "M",
    "list_pauses": "ADXU",
    "list_interventions": "ADXU",
    "get_intervention": "ADXU",
    "report_intervention": "AD",
    "change_intervention": "AD",
    "command_intervention": "AD",
    "intervention_trail": "ADXU",
    "record_pause": "AD",
    "decide_pause": "AD",
    "intervention_candidates": "AD",
    "assign_intervention": "AD",
    "list_plans": "ADXU",
    "get_plan": "ADXU",
    "start_plan": "AD",
    "publish_plan": "AD",
    "cancel_plan": "AD",
    "list_visits": "ADTXU",
    "get_visit": "ADTXU",
    "command_visit": "ADT",
    "board": "ADXU",
    "sync": "T",
    "portal_sites": "M",
    "portal_interventions": "M",
    "portal_intervention": "M",
    "portal_trail": "M",
    "portal_report": "M",
    "list_events": ALL,
    "stream": ALL,
    "list_notices": ALL,
    "read_notices": ALL,
}
# To whom the other branch's object looks unknown; everybody else who may call sees it.
FOREIGN = {
    "region_id": "D",
    "calendar_id": "",
    "service_id": "",
    "customer_id": "",
    "site_id": "DM",
    "asset_id": "DM",
    "technician_id": "DT",
    "shift_id": "DT",
    "agreement_id": "M",
    "intervention_id": "DM",
    "visit_id": "DT",
    "pause_id": "D",
    "plan_id": "D",
}
# Operations that ask for their object in the query instead of the path.
ASKED_IN_QUERY = {
    "board": "region_id",
    "promise_cards": "site_id",
    "portal_promise_cards": "site_id",
}
# Operations that cannot be asked without a query.
QUERIES: dict[str, dict[str, str]] = {
    "geocode": {"q": "Carrer Major"},
    "upload_agreement_file": {"name": "agreement.pdf"},
    "list_public_holidays": {"country": "AD", "year": "2026"},
}


def roles_of(letters: str) -> set[str]:
    return {PUBLIC} if letters == PUBLIC else {LETTERS[letter].value for letter in letters}


def object_of(operation: Operation) -> str | None:
    """The kind of object an operation is about, by the first parameter that takes an id."""
    return operation.names[0] if operation.names else ASKED_IN_QUERY.get(operation.id)
