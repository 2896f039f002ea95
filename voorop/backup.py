"""`voorop backup`: everything in one file, taken at one moment while the program runs.

The file is a zip archive: `manifest.json` and one file of JSON lines per table. What people said is in it as it is in
the database, sealed: without the secret file, which is never in it, nobody can read or use a backup.
"""

import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection

from api.context import utc_now
from api.housekeeping import Housekeeping
from records.database import read
from records.keys import Keys
from records.rows import Fingerprint, as_line, read_rows, tables_on
from voorop.copying import tell
from voorop.errors import CommandError
from voorop.installation import Records, opened_records
from voorop.settings import Settings
from voorop.stores import revisions_on, table_names

FORMAT = 1
MANIFEST = "manifest.json"
AUDITED = "backup"
_KEY_LABEL = "which secret a backup belongs to"


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. keys: a keyed mark per key id. tables: rows and sha256 by name."""

    format: int
    taken: str
    revisions: dict[str, str]
    keys: dict[str, str]
    tables: dict[str, dict[str, Any]]


def backup(settings: Settings, file: Path) -> None:
    """Write the backup, readable by its owner only; an existing file is not overwritten.

    Raises:
        CommandError: the file exists or cannot be written.
    """
    if file.exists():
        raise CommandError(f"{file} exists already; nothing is overwritten")
    unfinished = file.with_name(file.name + ".unfinished")
    with opened_records(settings) as records:
        try:
            tables = len(_write_file(unfinished, records).tables)
            os.replace(unfinished, file)
        except OSError as error:
            raise CommandError(f"the backup cannot be written: {error.strerror or error}") from None
        finally:
            unfinished.unlink(missing_ok=True)
        Housekeeping(records.care_plan.books).note(AUDITED)  # the audit trail tells when everything was copied
    print(f"{file}: {tables} tables. Keep the secret file too, somewhere else.")


def key_marks(keys: Keys) -> dict[str, str]:
    """Tells one secret from another, and nothing about either."""
    return {key_id: keys.derive(_KEY_LABEL, key_id).hex() for key_id, _ in keys.roots}


def _write_file(path: Path, records: Records) -> Manifest:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as opened:
        with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as archive:
            manifest = _write(archive, records)
        opened.flush()
        os.fsync(opened.fileno())
    return manifest


def _write(archive: zipfile.ZipFile, records: Records) -> Manifest:
    with read(records.engine) as connection:
        tables = {
            name: {"rows": found.rows, "sha256": found.sha256}
            for name, found in _write_tables(archive, connection).items()
        }
        manifest = Manifest(
            FORMAT, utc_now().isoformat(timespec="seconds"), revisions_on(connection), key_marks(records.keys), tables
        )
    archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
    return manifest


def _write_tables(archive: zipfile.ZipFile, connection: Connection) -> Mapping[str, Fingerprint]:
    written = {}
    for table in tables_on(connection, table_names()):
        found = Fingerprint()
        with archive.open(entry(table.name), "w", force_zip64=True) as lines:
            for row in read_rows(connection, table):
                found.add(row)
                lines.write(as_line(row))
        written[table.name] = found
        tell(table.name, found, "written")
    return written


def entry(table: str) -> str:
    """The name of a table's lines in the archive."""
    return f"tables/{table}.jsonl"
