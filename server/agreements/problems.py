"""Refusals of the agreements domain."""

from server.kit.problems import Problem


class VersionsOverlap(Problem):
    """Facts: the agreement and the number of the version that holds these days already."""

    status = 409
    code = "versions_overlap"
    title = "Another version is in force on some of these days."


class DraftExists(Problem):
    """Facts: the number of the version that is being prepared."""

    status = 409
    code = "draft_exists"
    title = "A version is in preparation already. Finish or withdraw it first."


class NoticeTooShort(Problem):
    """Facts: `earliest_on`, the first day on which an amendment may hold."""

    status = 409
    code = "notice_too_short"
    title = "The notice agreed does not allow an amendment this early."


class VersionImmutable(Problem):
    """Facts: `stands`, where the version is."""

    status = 409
    code = "version_immutable"
    title = "Only a draft can be edited. Write a new version."


class OwnerMissing(Problem):
    status = 409
    code = "owner_missing"
    title = "Nobody looks after this agreement. Name an owner first."


class ExpectationMissing(Problem):
    status = 409
    code = "expectation_missing"
    title = "Write down what the customer expects before you negotiate."


class ApprovalMissing(Problem):
    status = 409
    code = "approval_missing"
    title = "Nobody has approved this version for the customer."


class NothingToAnswer(Problem):
    status = 409
    code = "nothing_to_answer"
    title = "Nobody asks you about this version now."


class Contradicts(Problem):
    """Facts: `contradictions`, how many there are, and the agreements they are with."""

    status = 409
    code = "contradicts"
    title = "This version contradicts another agreement."


class NotOverYet(Problem):
    """Facts: `ends_on`, the first day on which it no longer holds."""

    status = 409
    code = "not_over_yet"
    title = "This version still holds. Close it after its last day."


class CalendarInForce(Problem):
    """Facts: the numbers of the agreements that promise hours by this calendar."""

    status = 409
    code = "calendar_in_force"
    title = "Agreements in force count in these hours. Make a new calendar and amend them."
