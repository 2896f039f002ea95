"""All that is kept about one patient, as JSON: what a person may ask for (GDPR, article 15)."""

import json
import sys

from api.records_of import everything_about
from careplan.errors import NotFound
from voorop.errors import CommandError
from voorop.installation import open_records
from voorop.settings import Settings


def export(settings: Settings, reference: str) -> None:
    """Print it. `reference` is the patient's number in the practice's own record, or the id of a visit.

    Raises:
        CommandError: nobody has this number and no visit this id.
    """
    care_plan = open_records(settings).care_plan
    try:
        found = everything_about(care_plan.books, care_plan.only_practice() or "", reference)
    except NotFound:
        raise CommandError("there is no patient with this number and no visit with this id") from None
    json.dump(found, sys.stdout, ensure_ascii=False, indent=2, default=str)
    print()
