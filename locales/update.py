"""Brings the catalogues in line with messages.pot: `python -m locales.update` (`make catalogues` extracts first).

New messages come in untranslated, changed ones too: a guess of an old translation may say something else. What no
source asks for any more goes. The header holds what gettext needs and nobody's name or date, so that a change of one
sentence is a change of one line.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from locales.catalogues import FOLDER
from locales.languages import SOURCE, languages

WIDTH = 120


def update(path: Path, code: str, template: Catalog) -> int:
    """Update one catalogue in place; the number of its messages that still need a translation."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=code)
    plural_forms = catalogue.plural_forms
    catalogue.update(template, no_fuzzy_matching=True)
    body = BytesIO()
    write_po(body, catalogue, width=WIDTH, omit_header=True, ignore_obsolete=True, sort_output=True, no_location=True)
    header = (
        'msgid ""\nmsgstr ""\n"Project-Id-Version: Voorop\\n"\n'
        f'"Language: {code}\\n"\n"Plural-Forms: {plural_forms}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    path.write_bytes(header.encode() + body.getvalue())
    return sum(1 for message in catalogue if message.id and not _is_translated(message.string))


def _is_translated(string: str | list[str] | tuple[str, ...] | None) -> bool:
    forms = [string] if isinstance(string, str) else string or [""]
    return all(forms)


def main() -> None:
    """Update every catalogue and say what is left to do."""
    with (FOLDER / "messages.pot").open("rb") as file:
        template = read_po(file)
    for known in languages():
        if known.code != SOURCE:
            left = update(FOLDER / known.code / "LC_MESSAGES" / "messages.po", known.code, template)
            print(f"{known.code}: {left} messages to translate" if left else f"{known.code}: complete")


if __name__ == "__main__":
    main()
