"""`voorop purge`: erases visits that are older than the practice keeps them, with all that was said in them."""

from api.housekeeping import Housekeeping
from voorop.errors import CommandError
from voorop.installation import Records, opened_records
from voorop.settings import Settings

AT_ONCE = 100  # the visits of one transaction: those who talk meanwhile hardly wait


def purge(settings: Settings, *, dry_run: bool) -> None:
    """Erase what VOOROP_RETENTION_DAYS, or a practice's own term, has ended; with `dry_run` only tell how much.

    Conversations go first: were it stopped between the two, the next purge finds the visit again.

    Raises:
        CommandError: nothing says how long anything is kept.
    """
    with opened_records(settings) as records:
        _purge(settings, records, dry_run)


def _purge(settings: Settings, records: Records, dry_run: bool) -> None:
    house = Housekeeping(records.care_plan.books)
    days = house.retention_days(settings.retention_days)
    if not days:
        raise CommandError("VOOROP_RETENTION_DAYS is not set, so everything is kept (see docs/reference/settings.md)")
    if dry_run:
        print(f"{len(house.expired(days))} visits would be erased. Nothing was.")
        return
    visits = talks = 0
    while found := house.expired(days, AT_ONCE):
        talks += records.conversations.delete_of_visits(found)
        house.purge(found)
        visits += len(found)
    house.forget_requests(max(days.values()))
    print(f"{visits} visits were erased, with {talks} conversations.")
