"""The part of the command line that treats the records as a whole: copies, moves, ends and examines them."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from voorop.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_record_commands(commands: "Commands", settings: Callable[[], Settings]) -> None:
    """Add them to the parser. Their libraries are loaded when one is used; `settings` reads the environment then."""
    backup = commands.add_parser("backup", help="copy everything but the secret into one file, while it runs")
    backup.add_argument("file", type=Path)
    backup.set_defaults(command=lambda parsed: _backup(settings(), parsed))
    restore = commands.add_parser("restore", help="put a backup into an empty database")
    restore.add_argument("file", type=Path)
    restore.set_defaults(command=lambda parsed: _restore(settings(), parsed))
    migrate = commands.add_parser("migrate-database", help="copy everything from SQLite to an empty PostgreSQL")
    migrate.add_argument("from_url", metavar="FROM_URL")
    migrate.add_argument("to_url", metavar="TO_URL")
    migrate.add_argument("--dry-run", action="store_true", help="only tell what would be copied")
    migrate.set_defaults(command=_migrate_database)
    purge = commands.add_parser("purge", help="erase visits older than VOOROP_RETENTION_DAYS")
    purge.add_argument("--dry-run", action="store_true", help="only tell how many there are")
    purge.set_defaults(command=lambda parsed: _purge(settings(), parsed))
    doctor = commands.add_parser("doctor", help="look whether all is well; changes nothing")
    doctor.set_defaults(command=lambda _: _doctor(settings()))


def _backup(settings: Settings, parsed: argparse.Namespace) -> None:
    from voorop.backup import backup

    backup(settings, parsed.file)


def _restore(settings: Settings, parsed: argparse.Namespace) -> None:
    from voorop.restore import restore

    restore(settings, parsed.file)


def _migrate_database(parsed: argparse.Namespace) -> None:
    from voorop.migrate_database import migrate_database

    migrate_database(parsed.from_url, parsed.to_url, dry_run=parsed.dry_run)


def _purge(settings: Settings, parsed: argparse.Namespace) -> None:
    from voorop.purge import purge

    purge(settings, dry_run=parsed.dry_run)


def _doctor(settings: Settings) -> None:
    from voorop.doctor import doctor

    doctor(settings)
