"""`voorop doctor`: looks at an installation and changes nothing; one line per thing, exit code 1 when one is wrong."""

from collections.abc import Iterator

from careplan.errors import CarePlanError
from records.errors import RecordsError
from records.keys import Keys
from voorop.doctor_records import about_records
from voorop.doctor_surroundings import about_contacts, about_disk, about_exposure, about_secret
from voorop.errors import CommandError
from voorop.finding import Finding
from voorop.settings import Settings


def doctor(settings: Settings) -> None:
    """Print every finding.

    Raises:
        CommandError: something is wrong; a warning alone is not.
    """
    problems = 0
    for finding in findings(settings):
        print(f"{finding.state:<8} {finding.about:<12} {finding.text}", flush=True)
        problems += finding.is_problem
    if problems:
        raise CommandError(f"{problems} of these must be mended")


def findings(settings: Settings) -> Iterator[Finding]:
    """Everything that is looked at, the most basic first."""
    yield from about_secret(settings.secret_file)
    yield from about_disk(settings)
    yield from about_exposure(settings)
    yield from about_contacts()
    try:
        keys = Keys.load(settings.secret_file) if settings.secret_file.exists() else None
        if keys is not None:
            yield from about_records(settings, keys)
    except (RecordsError, CarePlanError) as error:
        yield Finding.problem("database", str(error) or "the database does not answer")
