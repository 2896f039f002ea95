"""What `voorop doctor` looks at in the records: durable, readable, untouched, copied, not kept too long, received."""

from collections.abc import Iterator

from sqlalchemy.engine import Connection

from api.care_plan import CarePlan
from api.context import utc_now
from api.housekeeping import Housekeeping
from bot.store import ConversationStore, StoreUnavailable
from records.database import check, create_engine, is_postgresql, read
from records.keys import Keys
from voorop.backup import AUDITED
from voorop.finding import Finding
from voorop.settings import Settings
from voorop.stores import MIGRATIONS

OLDEST_BACKUP_DAYS = 7


def about_records(settings: Settings, keys: Keys) -> Iterator[Finding]:
    """Raises RecordsError or CarePlanError when the database cannot be used at all."""
    engine = create_engine(settings.database_url, read_only=True)
    try:
        check(engine)
        with read(engine) as connection:
            yield from _durable(connection)
            migrations = list(_migrations(connection))
        yield from migrations
        if all(finding.state == "ok" for finding in migrations):
            care_plan = CarePlan(engine, keys)
            yield from _trust(care_plan, ConversationStore(engine, keys))
            yield from _care(settings, Housekeeping(care_plan.books))
    finally:
        engine.dispose()


def _durable(connection: Connection) -> Iterator[Finding]:
    if is_postgresql(connection):
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            if connection.exec_driver_sql(f"SHOW {name}").scalar() == "off":
                yield Finding.problem("database", f"{name} is off: a power cut loses what people were told is kept")
                return
        version = connection.exec_driver_sql("SHOW server_version").scalar()
        yield Finding.ok("database", f"PostgreSQL {version}, every commit goes to the disk")
        return
    if connection.exec_driver_sql("PRAGMA journal_mode").scalar() != "wal":
        yield Finding.problem("database", "the SQLite file is not in WAL mode: start `voorop serve` once")
    damage = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if damage != "ok":
        yield Finding.problem("database", "the SQLite file is damaged: put the last backup back")
    else:
        yield Finding.ok("database", "SQLite, whole")


def _migrations(connection: Connection) -> Iterator[Finding]:
    for each in MIGRATIONS:
        standing = each.revision_on(connection)
        if standing == each.newest:
            yield Finding.ok("tables", f"{each.version_table} is up to date ({standing})")
        elif standing is not None and not each.knows(standing):
            yield Finding.problem("tables", f"{each.version_table} is of a newer version ({standing}): use that one")
        else:
            yield Finding.problem("tables", f"{each.version_table} is not up to date: start `voorop serve` once")


def _trust(care_plan: CarePlan, conversations: ConversationStore) -> Iterator[Finding]:
    try:
        conversations.check_seal()
        yield Finding.ok("seal", "what is stored opens with this secret file")
    except StoreUnavailable as error:
        yield Finding.problem("seal", str(error))
    broken = care_plan.first_broken_audit_entry()
    if broken is None:
        yield Finding.ok("audit", "the audit trail holds from its first row to its last")
    else:
        yield Finding.problem("audit", f"the audit trail was changed at row {broken}")


def _care(settings: Settings, house: Housekeeping) -> Iterator[Finding]:
    last = house.last_noted(AUDITED)
    days = (utc_now() - last).days if last else None
    if days is None:
        yield Finding.warning("backup", "there was none yet: voorop backup FILE")
    elif days > OLDEST_BACKUP_DAYS:
        yield Finding.warning("backup", f"the last one was {days} days ago: voorop backup FILE")
    else:
        yield Finding.ok("backup", f"the last one was {days} days ago")
    terms = house.retention_days(settings.retention_days)
    if not terms:
        yield Finding.warning("retention", "VOOROP_RETENTION_DAYS is not set: everything is kept for ever")
    elif overdue := len(house.expired(terms)):
        yield Finding.warning("retention", f"{overdue} visits are older than they should be: voorop purge")
    else:
        yield Finding.ok("retention", "nothing is older than it should be")
    yield from _receiver(*house.refused())


def _receiver(visits: int, erasings: int) -> Iterator[Finding]:
    if visits:
        yield Finding.warning("receiver", f"it refused goals of {visits} visits: their pages tell why")
    if erasings:
        yield Finding.warning(
            "receiver", f"it still holds {erasings} times what was erased here: see Keeping and erasing"
        )
    if not visits and not erasings:
        yield Finding.ok("receiver", "it refused nothing")
