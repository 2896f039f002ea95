"""`voorop purge`: erases visits that are older than the practice keeps them, with all that was said in them."""

from api.retention import Retention
from voorop.errors import CommandError
from voorop.installation import opened_records
from voorop.settings import Settings


def purge(settings: Settings, *, dry_run: bool) -> None:
    """Erase what VOOROP_RETENTION_DAYS, or a practice's own term, has ended; with `dry_run` only tell how much.

    Raises:
        CommandError: nothing says how long anything is kept.
    """
    with opened_records(settings) as records:
        retention = Retention(records.care_plan.books, records.conversations, settings.retention_days)
        terms = retention.terms()
        if not terms:
            raise CommandError(
                "VOOROP_RETENTION_DAYS is not set, so everything is kept (see docs/reference/settings.md)"
            )
        if dry_run:
            due = retention.due(terms)
            print(f"{due.visits} visits would be erased, with {due.conversations} conversations. Nothing was.")
            return
        ended = retention.end(terms)
        print(f"{ended.visits} visits were erased, with {ended.conversations} conversations.")
