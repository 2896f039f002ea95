"""The interview: every shared answer to the letter under its question's key, and the questions themselves."""

from datetime import datetime

from api.fhir import labels, names
from api.fhir.dossier import Dossier
from api.fhir.elements import (
    Json,
    identifier,
    instant,
    is_text,
    language_tag,
    meta,
    reference,
    stamped,
)
from api.fhir.labels import label
from api.fhir.narrative import Line, Said, narrative
from api.fhir.people import ASSISTANT, speaker
from careplan.contribution import Contribution
from careplan.goals import Item
from careplan.people import Role

VERSION = "1"
CAREGIVERS = "caregiver_"
BOTH = frozenset({"visit_question", "kept_question", "summary", "after_closing"})
PATIENTS_ONLY = frozenset(labels.QUESTION) - BOTH


def response_id(dossier: Dossier, role: str) -> str:
    return f"{dossier.visit}-{role}"


def tells(dossier: Dossier, role: str) -> bool:
    """Whether there is an interview of this person to read: sent, with at least one shared answer."""
    sent = dossier.sent.get(role)
    return sent is not None and any(is_text(answer.words) for answer in sent.contribution.answers)


def response(dossier: Dossier, role: str, lang: str) -> Json | None:
    """What one person answered."""
    sent = dossier.sent.get(role)
    if sent is None or not tells(dossier, role):
        return None
    contribution = sent.contribution
    by_question: dict[str, list[Item]] = {}
    for answer in contribution.answers:
        if is_text(answer.words):
            by_question.setdefault(answer.question, []).append(answer)
    lines = [
        Line(labels.question(lang, key), [Said(answer.words, answer.lang) for answer in answers])
        for key, answers in by_question.items()
    ]
    return {
        "resourceType": "QuestionnaireResponse",
        "id": response_id(dossier, role),
        "meta": meta(sent.at, str(sent.version)),
        "language": language_tag(contribution.language),
        "text": narrative(lang, lines),
        "identifier": identifier("QuestionnaireResponse", response_id(dossier, role)),
        "questionnaire": f"{names.questionnaire(role)}|{VERSION}",
        "status": "completed",
        "subject": reference("Patient", dossier.patient),
        "authored": instant(sent.at),
        "author": reference("Device", ASSISTANT),
        "source": speaker(dossier, role),
        "item": [
            {
                "linkId": key,
                "text": labels.question(lang, key),
                "answer": [_answer(answer, contribution) for answer in answers],
            }
            for key, answers in by_question.items()
        ],
    }


def questionnaire(role: str, since: datetime, lang: str) -> Json:
    """The questions of a role by key. What is asked depends on the answers, so none of them is required."""
    keys = [key for key in labels.QUESTION if key in BOTH or key.startswith(CAREGIVERS) == (role == Role.CAREGIVER)]
    return stamped(
        {
            "resourceType": "Questionnaire",
            "id": f"{role}-interview",
            "meta": meta(since),
            "language": lang,
            "text": narrative(
                lang, [Line(label(lang, labels.ROLE[role]), [labels.question(lang, key) for key in keys])]
            ),
            "url": names.questionnaire(role),
            "version": VERSION,
            "status": "active",
            "subjectType": ["Patient"],
            "item": [
                {"linkId": key, "text": labels.question(lang, key), "type": "string", "repeats": True} for key in keys
            ],
        }
    )


def _answer(answer: Item, contribution: Contribution) -> Json:
    """Language and hands are told where they are not those of the whole interview."""
    made: Json = {"valueString": answer.words}
    extensions = []
    if answer.lang != contribution.language:
        extensions.append({"url": names.SAID_IN, "valueCode": language_tag(answer.lang)})
    typed_by = answer.typed_by or contribution.typed_by
    if typed_by != contribution.typed_by:
        extensions.append({"url": names.TYPED_BY, "valueCode": typed_by.value})
    return made | ({"extension": extensions} if extensions else {})
