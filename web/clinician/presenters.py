"""Turns a visit into its one screen, in the order of product.md section 4: the patient's side and the caregiver's
beside it, never merged. It holds no sentence: labels are message ids that the template translates.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import locales
from api.views import FlagView, OpenedVisit
from web.clinician.columns import Person, column
from web.clinician.goal_cards import Unsaved, goal_cards
from web.clinician.labels import FLAG, VISIT_STATE
from web.clinician.picture import Picture, picture
from web.clinician.words import Words, words_of


@dataclass(frozen=True)
class FlagNote:
    """A literal quote of the safety rules."""

    role: str
    about: str
    words: Words


@dataclass(frozen=True)
class VisitPage:
    """All that the template of one visit needs. `marked`: there are marks to check."""

    id: str
    name: str | None
    time: str
    date: str
    day: str
    state: str
    state_label: str
    patient: Person | None
    caregiver: Person | None
    flags: tuple[FlagNote, ...]
    picture: Picture | None
    marked: bool
    next: str | None
    unsaved: Unsaved | None


def present(opened: OpenedVisit, *, reader: str, unsaved: Unsaved | None = None) -> VisitPage:
    """One visit for a reader of a language. `unsaved` is shown again at its goal."""
    visit = opened.visit
    at = datetime.fromisoformat(visit.time)
    cards = goal_cards(opened.goals, visit.marks, reader, unsaved)
    people = {person.role: column(person, opened, cards, reader) for person in visit.people}
    return VisitPage(
        id=visit.id,
        name=next((person.name for person in visit.people if person.role == "patient"), None),
        time=locales.format_time(reader, at),
        date=locales.format_day(reader, at.date()),
        day=at.date().isoformat(),
        state=visit.state,
        state_label=VISIT_STATE[visit.state],
        patient=people.get("patient"),
        caregiver=people.get("caregiver"),
        flags=tuple(_flag(flag, reader) for flag in visit.flags),
        picture=picture(opened.goals),
        marked=bool(visit.marks),
        next=next((after.id for before, after in pairwise(opened.same_day) if before.id == visit.id), None),
        unsaved=unsaved,
    )


def _flag(flag: FlagView, reader: str) -> FlagNote:
    return FlagNote(flag.role, FLAG[flag.category], words_of(flag, reader))
