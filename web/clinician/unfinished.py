"""A form that could not be saved: what was typed, what is wrong with it and where, to be shown again as it was."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from careplan.errors import CarePlanError, Conflict, KeyReused
from web.clinician.forms import ONCE, Form, typed_in
from web.clinician.interrupted import Interrupted
from web.clinician.responses import problem_of
from web.clinician.teamwork_labels import FIELD_PROBLEM

FIELD = {"consent.by": "consent_by", "consent.how": "consent_how", "consent.on": "consent_on"}
FIELD |= {"consent.name": "consent_name", "user": "name", "Idempotency-Key": ""}
FIELD |= {f"levels[{place}]": f"level-{place}" for place in range(5)}
"""Fields of the form whose names are not those of the care plan; nobody sees the field with the key."""
KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Unfinished:
    """`form` is the form's id on the page; `problem` a message id, `at` the field it is about, if it is about one.

    stands: what somebody else wrote in the meantime; current: the version on which the next try is made; filled:
    whether more was done in it than pressing its button.
    """

    form: str
    problem: str
    at: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    stands: str | None = None
    current: int | None = None
    filled: bool = True

    @property
    def typed(self) -> str:
        return typed_in(self.values)

    @property
    def key(self) -> str | None:
        """The key of the sending that was not saved, for the next try."""
        key = self.values.get(ONCE, "")
        return key if KEY.fullmatch(key) else None


def resumed(kept: Interrupted) -> Unfinished:
    """As it was sent, and on the version that was seen then: what somebody did since is told when it is saved."""
    return Unfinished(kept.form, kept.problem, values=kept.values, current=kept.version, filled=kept.filled)


def unfinished(form_id: str, form: Form, error: CarePlanError) -> Unfinished:
    values = form.all_shown()
    if isinstance(error, KeyReused):  # what was sent first is saved; this would be something more
        values.pop(ONCE, None)
    at = FIELD.get(error.field or "", error.field or "")
    return Unfinished(
        form=form_id,
        problem=FIELD_PROBLEM.get((error.code, at)) or problem_of(error),
        at=at if at in KNOWN else "",
        values=values,
        stands=error.current_text if isinstance(error, Conflict) else None,
        current=error.current_version if isinstance(error, Conflict) else None,
    )


KNOWN = frozenset(at for _, at in FIELD_PROBLEM) | {"added_value", "note", "weight", "days", "organisation", "lang"}
KNOWN |= {f"level-{place}" for place in range(5)}
"""The fields that the forms have, so that a link always leads somewhere."""
