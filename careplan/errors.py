"""Errors of the care plan: one tree, told apart by `code`.

None of them carries what a person typed, except `Conflict`, which hands both wordings back to the clinician who
would otherwise lose one.
"""


class CarePlanError(Exception):
    """Something the care plan refuses; `field` says where in the request, when that helps."""

    code = "refused"

    def __init__(self, code: str | None = None, *, field: str | None = None) -> None:
        if code is not None:
            self.code = code
        self.field = field
        super().__init__(f"{self.code} ({field})" if field else self.code)


class Invalid(CarePlanError):
    """The request does not say something the care plan understands."""

    code = "invalid"


class NotSignedIn(CarePlanError):
    """Nobody is signed in, or the login was wrong."""

    code = "not_signed_in"


class NotAllowed(CarePlanError):
    """Somebody is signed in, but this is not theirs to do."""

    code = "not_allowed"


class NotFound(CarePlanError):
    """There is no such record, or none that this actor may know of."""

    code = "not_found"


class TooManyAttempts(CarePlanError):
    """Too many wrong logins; try again after `retry_after` seconds."""

    code = "too_many_attempts"

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


class TransitionRefused(CarePlanError):
    """The goal's status does not allow this step."""

    code = "status_conflict"


class KeyReused(CarePlanError):
    """An idempotency key came back with another request."""

    code = "idempotency_conflict"


class Unavailable(CarePlanError):
    """The store cannot be read or written just now; nothing was changed, and trying again may help."""

    code = "unavailable"


class Conflict(CarePlanError):
    """Somebody changed the goal in the meantime: `current_text` stands now, `your_text` was not saved."""

    code = "version_conflict"

    def __init__(self, *, current_version: int, current_text: str, your_text: str | None) -> None:
        super().__init__()
        self.current_version = current_version
        self.current_text = current_text
        self.your_text = your_text
