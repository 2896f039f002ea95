"""How single things that people said are shown: only shared ones, verbatim, with their direction."""

import unicodedata
from collections.abc import Sequence

from api.views import ItemView
from careplan.goals import Item
from locales import languages

RIGHT_TO_LEFT = {"R", "AL"}


def direction(lang: str, words: str) -> str:
    """Of the language when it is a listed one, else of the first letter that has a direction."""
    for known in languages():
        if known.code == lang.replace("_", "-").split("-")[0].lower():
            return known.dir
    for character in words:
        kind = unicodedata.bidirectional(character)
        if kind == "L" or kind in RIGHT_TO_LEFT:
            return "rtl" if kind in RIGHT_TO_LEFT else "ltr"
    return "ltr"


def shared_items(items: Sequence[Item], role: str) -> tuple[ItemView, ...]:
    """Those of one person's items that the person shares with the practice."""
    return tuple(
        ItemView(item.words, item.lang, direction(item.lang, item.words), role, item.question, item.of, item.part)
        for item in items
        if item.shared
    )
