"""Every word a person reads, in their language: the list of languages, the catalogues, and numbers and dates as they
are written there. The source language is English: a message's id is its English text.
"""

from locales.catalogues import (
    N_,
    check_catalogues,
    jinja_translations,
    ntranslate,
    translate,
)
from locales.formats import (
    format_date,
    format_day,
    format_duration,
    format_list,
    format_number,
    format_time,
)
from locales.languages import SOURCE, Language, enable, is_offered, language, language_names, languages, negotiate

__all__ = [
    "N_",
    "SOURCE",
    "Language",
    "check_catalogues",
    "enable",
    "format_date",
    "format_day",
    "format_duration",
    "format_list",
    "format_number",
    "format_time",
    "jinja_translations",
    "is_offered",
    "language",
    "language_names",
    "languages",
    "negotiate",
    "ntranslate",
    "translate",
]
