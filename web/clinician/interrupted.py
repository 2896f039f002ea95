"""A form that was sent after the session had ended. The page of signing in carries it along; nothing of it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass

from careplan.errors import Invalid
from locales import N_
from web.clinician.forms import ONCE, Form, typed_in

FORM, VISIT, SENT = "kept_form", "kept_visit", "kept-"
"""Names of the fields that carry it; `SENT` comes before the names of its own."""
PRESSED = frozenset({"visit", "version", "step", "decision", "earlier", ONCE})
"""Fields that nobody fills in: the page does, or the press of a button."""
REVIEW = "review-"


@dataclass(frozen=True)
class Interrupted:
    """`form`: its id on the page of `visit`; of the decision about a draft `review-` and the goal, which has its visit.

    values: its fields by name, as they can be shown.
    """

    form: str
    visit: str
    values: Mapping[str, str]

    def carried(self) -> dict[str, str]:
        """As fields of the page of signing in."""
        return {FORM: self.form, VISIT: self.visit, **{SENT + name: value for name, value in self.values.items()}}

    @property
    def goal(self) -> str | None:
        """Whose decision it is, if it is one."""
        return self.form.removeprefix(REVIEW) if self.form.startswith(REVIEW) else None

    @property
    def filled(self) -> bool:
        """Whether more was done in it than pressing a button."""
        return any(value.strip() for name, value in self.values.items() if name not in PRESSED)

    @property
    def typed(self) -> str:
        return typed_in(self.values)

    @property
    def version(self) -> int | None:
        """What was seen when it was sent."""
        try:
            return Form(dict(self.values)).number("version")
        except Invalid:
            return None

    @property
    def problem(self) -> str:
        """What to say about it, as a message id."""
        if self.filled:
            return N_("You were signed out in between. What you filled in is still here, but it is not saved yet.")
        return N_("You were signed out in between, so this was not done. Please do it again.")


def carried_by(form: Form) -> Interrupted | None:
    """What a page of signing in carried, if it did."""
    if not form[FORM]:
        return None
    fields = form.all_shown()
    sent = {name.removeprefix(SENT): value for name, value in fields.items() if name.startswith(SENT)}
    return Interrupted(fields[FORM], form.shown(VISIT), sent)
