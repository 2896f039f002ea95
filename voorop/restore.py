"""`voorop restore`: a backup into an empty database, of either kind, compared row by row with its manifest."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from records.database import check, create_engine
from records.keys import Keys
from records.rows import Fingerprint, PlainRow
from voorop.backup import FORMAT, MANIFEST, Manifest, entry, key_marks
from voorop.copying import fill
from voorop.errors import CommandError
from voorop.settings import Settings


def restore(settings: Settings, file: Path) -> None:
    """Fill the empty database of the settings. The secret file of the backup must be in its place already.

    Raises:
        CommandError: the file is no backup or damaged, the secret is another one, or the database is not empty.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive)
            _check_secret(settings.secret_file, manifest)
            expected = {name: _fingerprint(archive, name, told) for name, told in manifest.tables.items()}
            engine = create_engine(settings.database_url)
            try:
                check(engine)
                fill(engine, manifest.revisions, lambda name: _rows(archive, name), expected)
            finally:
                engine.dispose()
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise CommandError(f"{file} is no backup that can be restored: {_reason(error)}") from None
    print(f"Restored what was backed up at {manifest.taken}. Every table was compared with the backup.")


def _reason(error: Exception) -> str:
    """An OSError's or the archive's own words; the others could repeat what is in a row."""
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return str(error) if isinstance(error, zipfile.BadZipFile) else "it is damaged"


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    manifest = Manifest(**json.loads(archive.read(MANIFEST)))
    if manifest.format != FORMAT:
        raise CommandError(f"the backup has format {manifest.format}; this version reads format {FORMAT}")
    return manifest


def _check_secret(path: Path, manifest: Manifest) -> None:
    if not path.exists():
        raise CommandError(f"put the secret file of this backup back first, at {path}")
    marks = key_marks(Keys.load(path))
    if any(marks.get(key_id) != mark for key_id, mark in manifest.keys.items()):
        raise CommandError(f"the secret file {path} is not the one of this backup: nobody could read what it holds")


def _fingerprint(archive: zipfile.ZipFile, name: str, told: dict[str, object]) -> Fingerprint:
    found = Fingerprint()
    for row in _rows(archive, name):
        found.add(row)
    if (found.rows, found.sha256) != (told["rows"], told["sha256"]):
        raise CommandError(f"the backup is damaged: {name} does not hold what the manifest says")
    return found


def _rows(archive: zipfile.ZipFile, name: str) -> Iterator[PlainRow]:
    with archive.open(entry(name)) as lines:
        for line in lines:
            yield json.loads(line)
