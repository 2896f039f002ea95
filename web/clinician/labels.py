"""Owns the short names that the clinician's pages use. Message ids; templates translate them.

Keys are those of contracts.md sections 2, 3, 5 and 7; areas of life are named as in the conversation.
"""

from api.fhir.labels import AREA_OF_LIFE as AREA_OF_LIFE
from api.fhir.labels import ITEMS as ITEMS
from api.fhir.labels import QUESTION as QUESTION
from api.fhir.labels import ROLE as ROLE
from api.fhir.labels import STATUS as STATUS
from locales import N_

AREA_IN_SHORT: dict[str, str] = {
    # Translators: areas of life in a small picture; one or two short words each.
    "family_friends": N_("Family"),
    "getting_around": N_("Moving"),
    "self_care": N_("Self-care"),
    "home_life": N_("Home"),
    "work_learning": N_("Work"),
    "leisure_community": N_("Free time"),
    "meaning_faith": N_("Meaning"),
    "feelings_energy": N_("Feelings"),
    "body_symptoms": N_("Body"),
    "care_treatment": N_("Care"),
    "living_conditions": N_("Housing"),
    "end_of_life": N_("End of life"),
}

SAVED_BEFORE = N_("Your first try was saved. What you changed after it is not. Send it again only if you want both.")
"""For a form that was changed and sent again after its first sending made something."""

MARK = {"same": N_("the same?"), "different": N_("different?"), "only_one": N_("only here")}
"""Marks between patient and caregiver: short, neutral, and to be checked."""

HINT: dict[str, str] = {
    "wish": N_("Ask: what would you like to be able to do, or keep doing?"),
    "beyond_symptom": N_("Ask: what could you do again if this got better?"),
    "picture": N_("Ask: what would a good day look like?"),
    "what": N_("Ask: what exactly would you like to do?"),
    "who": N_("Ask: with whom would you like to do this?"),
    "where": N_("Ask: where would you like to do this?"),
    "how_often": N_("Ask: how often would you like to do this?"),
    "when": N_("Ask: by when would you like this?"),
    "why": N_("Ask: why does this matter to you?"),
    "importance": N_("Ask: how important is this to you, from 0 to 10?"),
    "obstacle": N_("Ask: what gets in the way?"),
    "support": N_("Ask: who or what could help?"),
    "first_step": N_("Ask: what could be a first small step?"),
}
"""What is worth asking about a draft (careplan.hints), one line."""

PERSON_STATE = {
    "invited": N_("not begun yet"),
    "started": N_("begun, not finished"),
    "submitted": N_("finished"),
}

TYPED_BY = {
    "self": N_("typed themselves"),
    "helper": N_("a helper typed"),
    "staff": N_("the practice typed"),
}

VISIT_STATE = {"new": N_("new"), "read": N_("read"), "discussed": N_("discussed")}
NOTHING_YET = N_("nothing yet")
"""What a new visit is called while there is nothing to read."""

CARE_WORKER = {
    "doctor": N_("the doctor"),
    "nurse": N_("the nurse"),
    "physiotherapist": N_("the physiotherapist"),
    "social_worker": N_("the social worker"),
    "home_help": N_("home help"),
    "pharmacist": N_("the pharmacist"),
    "psychologist": N_("the psychologist"),
    "dietitian": N_("the dietitian"),
}
FLAG = {
    "ask_human": N_("asks for a person"),
    "suicide_self_harm": N_("about suicide or self-harm"),
    "violence_abuse": N_("about violence or neglect"),
    "medical_emergency": N_("about an emergency"),
}

FIELD_PROBLEM: dict[str, str] = {
    "wording": N_("Write the new wording first."),
    "reason": N_("Write the reason first."),
}
"""What to say when a decision comes without the text it needs."""
