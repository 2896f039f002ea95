"""Tells on a visit's page how far its approved goals are on their way to another system."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.views import ExportView
from locales import N_

PROBLEM = {
    "timeout": N_("The other system does not answer in time. We keep trying."),
    "unreachable": N_("The other system cannot be reached. We keep trying."),
    "http_401": N_("The other system does not let us in. Please ask who looks after it."),
    "token_file": N_("The key for the other system cannot be read. Please ask who looks after it."),
}
WAITING = N_("It has not arrived yet. We keep trying.")


@dataclass(frozen=True)
class ExportNote:
    """Numbers of goals by how they fare; `problem` is a message id, told once something failed."""

    sent: int
    waiting: int
    refused: int
    problem: str | None


def present_exports(exports: Sequence[ExportView]) -> ExportNote | None:
    """None when nothing of the visit leaves."""
    if not exports:
        return None
    states = [export.state for export in exports]
    failed = next((export for export in exports if export.state == "waiting" and export.problem), None)
    return ExportNote(
        sent=states.count("sent"),
        waiting=states.count("waiting"),
        refused=states.count("refused"),
        problem=PROBLEM.get(failed.problem or "", WAITING) if failed else None,
    )
