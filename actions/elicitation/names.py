"""Names: a word with a capital after "with" or "in" tells who or where ("with Lena", "in Gent")."""

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from actions.elicitation.folding import fold

_WORD = re.compile(r"[^\W\d_]+")


def names_after(text: str, before: Mapping[str, str], not_a_name: Collection[str]) -> frozenset[str]:
    """Elements (`who`, `where`) told by a name. before: per element, the words that stand in front of a name.

    not_a_name: folded words that have a meaning of their own, such as months.
    """
    return frozenset(element for element, _, _ in named_stretches(text, before, not_a_name))


def named_stretches(
    text: str, before: Mapping[str, str], not_a_name: Collection[str]
) -> Iterator[tuple[str, int, int]]:
    """The same elements, each with where its name begins and ends in the text."""
    leads = {word: element for element, row in before.items() for word in fold(row).replace(",", " ").split()}
    for lead, found in pairwise(_WORD.finditer(text)):
        element, name = leads.get(fold(lead.group())), found.group()
        if element and len(name) > 1 and name[0].isupper() and not name.isupper() and fold(name) not in not_a_name:
            yield element, found.start(), found.end()
