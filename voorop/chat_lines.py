"""The lines that a conversation is in a terminal. Text from right to left is printed as it is; terminals turn it."""

from pathlib import Path
from typing import Any

import locales
from bot.channel import Choice, Message
from bot.channel.own_copy import NOT_SHARED, SHARED
from locales import N_
from voorop.chat_choosing import Offers
from web.patient.presenters import ChatPage
from web.patient.turns import PhoneNumber, numbers_of

HOW_TO = N_("Type a number to choose, or type your own words. You can stop with Ctrl-D and go on later.")
SEVERAL = N_("You may choose more than one, like this: 1, 4")
LATER = N_("Your answers are kept. Start again to go on.")
DRAFTS = N_("Your care team can read this now:")
NO_DRAFTS = N_("You did not pass on anything that you want to do or keep.")
WHERE = N_("The care team reads it on this page of the demonstration:")
LOGIN, PASSWORD = N_("Login"), N_("Password")
RULE = "-" * 40


def said_lines(message: Message, lang: str, *, echo: bool) -> list[str]:
    """One message. What a person said stands in the terminal already, unless they chose it or (`echo`) piped it in."""
    if message.sender != "bot":
        chosen = any(not part.voice for part in message.parts)
        return [f"> {message.text}"] if echo or chosen else []
    numbers = numbers_of(message.items)
    notes = dict.fromkeys(number.note for number in numbers if number.note)
    return [
        "",
        message.text,
        *(line for number in numbers for line in _number_lines(number, lang)),
        *(f"  {locales.translate(lang, note)}" for note in notes),
    ]


def offer_lines(page: ChatPage, offers: Offers, lang: str) -> list[str]:
    """What can be chosen at the open question, with the numbers to type."""

    def numbered(choice: Choice) -> str:
        return f"{offers.number_of(choice)}  {choice.label}"

    lines = [line for number in page.numbers for line in _number_lines(number, lang)]
    for row in page.rows:
        label = f"{locales.translate(lang, row.label)}: " if row.label else ""
        shared = ""
        if page.question == "share":
            shared = f"  ({locales.translate(lang, SHARED if row.shared else NOT_SHARED)})"
        lines.append(f"  - {label}{row.words}{shared}")
        if row.choices:
            lines.append("      " + "   ".join(map(numbered, row.choices)))
    if page.cards:
        lines.append(locales.translate(lang, SEVERAL))
    lines += [f"  {numbered(choice)}" for choice in (*page.cards, *page.own_words, *page.choices)]
    if page.scale:
        lines.append("  " + "  ".join(choice.label for choice in page.scale))
    return lines


def finished_lines(drafts: list[str], links: dict[str, Any], role: str, data: Path, lang: str) -> list[str]:
    """What was passed on, and where the clinician reads it."""
    clinician = links["clinician"]
    heading = locales.translate(lang, DRAFTS if drafts else NO_DRAFTS)
    return [
        "",
        RULE,
        heading,
        *(f"  - {words}" for words in drafts),
        "",
        locales.translate(lang, WHERE),
        f"  voorop demo --data {data}",
        f"  http://127.0.0.1:8000/clinician/visits/{links[role][-1]['visit']}",
        f"  {locales.translate(lang, LOGIN)}: {clinician['login']}",
        f"  {locales.translate(lang, PASSWORD)}: {clinician['password']}",
    ]


def _number_lines(number: PhoneNumber, lang: str) -> list[str]:
    details = (locales.translate(lang, text) for text in (number.about, *number.details) if text)
    return [f"  {number.number}  {locales.translate(lang, number.name)}", f"      {'  '.join(details)}"]
