"""What each may hear of their own branch, written down by hand.

Of the other branch nobody hears anything but the names of regions.
"""

from server.accounts.schemas import Role
from tests.server.api.canaries import INTERNAL_DUE, OURS, Heard
from tests.server.api.door import NOBODY

MANAGER, TECHNICIAN = Role.MANAGER.value, Role.TECHNICIAN.value
OUTSIDE = [MANAGER, TECHNICIAN, NOBODY]
# What a building manager says and owns, and what both sides write down together.
TO_MANAGERS = {
    "agenda_item.text",
    "agreement.name",
    "agreement_aim.text",
    "agreement_review.note",
    "agreement_review.outcome",
    "asset.maker",
    "asset.name",
    "change_request.text",
    "comment.text",
    "commitment.text",
    "customer.name",
    "document.name",
    "event.asset_name",
    "event.site_name",
    "event.technician_first_name",
    "feedback.comment",
    "improvement.note",
    "improvement.owner_name",
    "improvement.title",
    "intervention.out_of_scope_reason",
    "intervention.summary",
    "intervention.told_reason",
    "irritation.text",
    "region.dispatch_phone",
    "review_decision.note",
    "review_decision.owner_name",
    "review_decision.text",
    "site.access_notes",
    "site.contact_name",
    "site.contact_phone",
    "site.name",
    "site.place",
    "site.street",
    "stored_file.name",
}
# What the work takes, and what they wrote themselves; the office is known to them by name.
TO_TECHNICIANS = {
    "absence.decided_by",
    "absence.note",
    "absence.recorded_by",
    "asset.maker",
    "asset.name",
    "event.actor_name",
    "event.asset_name",
    "event.site_name",
    "event.technician_first_name",
    "intervention.approved_by_name",
    "intervention.approved_reason",
    "intervention.caller_name",
    "intervention.caller_phone",
    "intervention.description",
    "intervention.summary",
    "promised_file.author_name",
    "promised_file.note",
    "promised_file.signer",
    "promised_file.waived_by_name",
    "promised_file.waived_reason",
    "region.dispatch_phone",
    "region.name",
    "site.access_notes",
    "site.contact_name",
    "site.contact_phone",
    "site.key_box",
    "site.name",
    "site.place",
    "site.street",
    "technician.name",
    "technician.phone",
    "visit.action",
    "visit.note",
    "visit.reason",
}
# Whoever stands in front of a lift with its label reads where they are and whom to call.
TO_ANYBODY = {"asset.name", "region.dispatch_phone", "site.name", "site.place", "site.street"}
MAY_HEAR = {MANAGER: TO_MANAGERS, TECHNICIAN: TO_TECHNICIANS, NOBODY: TO_ANYBODY}
# Of the other branch technicians know the regions by name; and by when we want them to be there.
TECHNICIANS_KNOW = {
    ("region.name", "away"),
    ("region.dispatch_phone", "away"),
    (OURS, f"{INTERNAL_DUE:%Y-%m-%dT%H:%M:%S}"),
}
OWN_ACCOUNT = {"account.name", "account.email"}


def leaks(who: str, told: Heard) -> Heard:
    """What they heard and should not have."""
    own = {(column, "home") for column in MAY_HEAR[who]}
    account = {(column, who) for column in OWN_ACCOUNT}
    more = TECHNICIANS_KNOW if who == TECHNICIAN else set()
    return told - own - account - more


def is_work(column: str) -> bool:
    return column.partition(".")[0] in {
        "intervention",
        "visit",
        "site",
        "technician",
        "pause",
        "excuse",
        "absence",
    }
