"""Reading the care plan as FHIR: who may, what they get, and the line in the audit trail for every reading.

Only clinicians read here; another practice's records are answered like ones that do not exist.
"""

from collections.abc import Sequence

from sqlalchemy.engine import Connection

from api import audit
from api.access import READS_WORDS, require
from api.context import Books
from api.fhir.elements import Json
from api.fhir.loading import load_dossiers
from api.fhir.locating import visit_of
from api.fhir.practice import DEFINITIONS, OF_PRACTICE, definitions, of_practice
from api.fhir.query import Query
from api.fhir.recorded import IN_DOSSIER, Recorded, recorded
from api.fhir.searching import Page, search
from api.transactions import write
from careplan.errors import CarePlanError, NotFound
from careplan.people import Actor
from locales import negotiate

KINDS = (*IN_DOSSIER, *OF_PRACTICE, *DEFINITIONS)


class Gone(CarePlanError):
    """It was there; its author took it back or no longer shares it."""

    code = "gone"


class Facade:
    """Every method is one transaction, with its line in the audit trail."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def read(self, actor: Actor, kind: str, record: str) -> Json:
        """A resource as it stands.

        Raises:
            NotAllowed: the actor reads no words.
            NotFound: there is none, or it is another practice's.
            Gone: its author took it back.
        """
        return self.history(actor, kind, record, action="fhir_read")[0]

    def read_version(self, actor: Actor, kind: str, record: str, version: str) -> Json:
        """One version. Raises like `read`."""
        for resource in self.history(actor, kind, record, action="fhir_vread"):
            if resource["meta"]["versionId"] == version:
                return resource
        raise NotFound

    def history(self, actor: Actor, kind: str, record: str, *, action: str = "fhir_history") -> Sequence[Json]:
        """Every version that may be read, newest first; of most types that is the one which stands. Raises like
        `read`."""
        require(actor, READS_WORDS)
        with write(self._books.engine) as connection:
            found = self._find(connection, actor, kind, record)
            audit.record(self._books.context, connection, actor.id, action, f"{kind}/{record}", actor.practice)
        if found.gone:
            raise Gone
        newest_only = action == "fhir_read"
        return [make() for make in (found.versions[:1] if newest_only else found.versions)]

    def search(self, actor: Actor, query: Query) -> Page:
        """A page of a search; every visit whose words are in it has its line in the audit trail.

        Raises:
            NotAllowed: the actor reads no words.
        """
        require(actor, READS_WORDS)
        context = self._books.context
        with write(self._books.engine) as connection:
            page = search(context, connection, actor, query, _reads(actor))
            for subject in page.visits or (query.kind,):
                audit.record(context, connection, actor.id, "fhir_search", subject, actor.practice)
        return page

    def _find(self, connection: Connection, actor: Actor, kind: str, record: str) -> Recorded:
        context, lang = self._books.context, _reads(actor)
        if kind in IN_DOSSIER:
            visit = visit_of(context, connection, kind, record)
            dossiers = load_dossiers(context, connection, [visit], actor.practice) if visit else []
            found = [one for dossier in dossiers for one in recorded(kind, dossier, lang) if one.id == record]
            if not found:
                raise NotFound
            return found[0]
        if kind in OF_PRACTICE:
            resources = of_practice(context, connection, kind, actor.practice or "", lang, only=[record])
        else:
            resources = [resource for resource in definitions(kind, lang) if resource["id"] == record]
        if not resources:
            raise NotFound
        return Recorded(record, [lambda: resources[0]])


def _reads(actor: Actor) -> str:
    """The language of labels and narrative: the clinician's own."""
    return negotiate(actor.language)
