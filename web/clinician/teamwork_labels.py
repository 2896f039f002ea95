"""Owns the short names that the pages of working together use. Message ids; templates translate them."""

from api.fhir.labels import LEVEL as LEVEL
from locales import N_
from web.clinician.labels import SAVED_BEFORE

SECTOR = {
    "medical_care": N_("Medical care"),
    "welfare": N_("Welfare"),
    "social_care": N_("Social care"),
}

TEAM_ROLE = {
    "general_practitioner": N_("General practitioner"),
    "specialist": N_("Specialist"),
    "practice_nurse": N_("Nurse at the practice"),
    "home_nurse": N_("Home nurse"),
    "pharmacist": N_("Pharmacist"),
    "physiotherapist": N_("Physiotherapist"),
    "occupational_therapist": N_("Occupational therapist"),
    "speech_therapist": N_("Speech therapist"),
    "dietitian": N_("Dietitian"),
    "psychologist": N_("Psychologist"),
    "social_worker": N_("Social worker"),
    "public_welfare": N_("Public centre for social welfare"),
    "health_fund": N_("Health insurance fund"),
    "money_adviser": N_("Help with money and debts"),
    "housing_adviser": N_("Help with housing"),
    "interpreter": N_("Interpreter or intercultural mediator"),
    "home_help": N_("Home help"),
    "personal_assistant": N_("Personal assistant"),
    "day_centre": N_("Day centre"),
    "community_worker": N_("Community worker"),
    "spiritual_caregiver": N_("Spiritual caregiver"),
    "informal_caregiver": N_("Informal caregiver"),
    "volunteer": N_("Volunteer"),
}

TASK_STATE = {
    "proposed": N_("Proposed"),
    "doing": N_("Under way"),
    "done": N_("Done"),
    "dropped": N_("Dropped"),
}

STEP = {
    "start": N_("Start working on it"),
    "keep": N_("Keep on"),
    "attain": N_("Attained"),
    "give_up": N_("Give up"),
}

SCORER = {
    "patient": N_("The patient"),
    "caregiver": N_("The caregiver"),
    "clinician": N_("The care team"),
}

CONSENT_BY = {
    "patient": N_("The patient"),
    "caregiver": N_("The caregiver"),
    "representative": N_("Who represents the patient"),
}

CONSENT_HOW = {"spoken": N_("Spoken"), "written": N_("Written")}

SHARE_STATE = {"open": N_("Open"), "ended": N_("Ended"), "revoked": N_("Taken back")}

DECISION = {
    "accept": N_("Accepted"),
    "change": N_("With another wording"),
    "to_discuss": N_("To discuss"),
    "decline": N_("Declined"),
    "start": N_("Started"),
    "keep": N_("Kept on"),
    "attain": N_("Attained"),
    "give_up": N_("Given up"),
}
SAID_ANEW = N_("Sent by the person")
"""What a version is called that no decision made."""

READY_NOTES: tuple[str, ...] = (
    N_("I have read what you wrote. Thank you."),
    N_("We will talk about it during your visit."),
    N_("Someone may come with you to the visit."),
    N_("Please bring your medicines to the visit."),
)
"""Sentences that a clinician may put before their own; sent in the language of the note."""

FIELD_PROBLEM: dict[tuple[str, str], str] = {
    ("missing", "reason"): N_("Write the reason first."),
    ("missing", "name"): N_("Write who it is."),
    ("missing", "what"): N_("Write what they will do."),
    ("missing", "text"): N_("Write the note, or choose a sentence."),
    ("missing", "organisation"): N_("Write which organisation it is."),
    ("missing", "goals"): N_("Choose at least one goal."),
    ("missing", "consent_name"): N_("Write who represents the patient."),
    ("missing", "level-2"): N_("Write what you expect."),
    ("value", "member"): N_("Choose somebody of the team."),
    ("value", "role"): N_("Choose a role."),
    ("value", "level"): N_("Choose a level."),
    ("value", "scored_by"): N_("Choose whose judgement it is."),
    ("value", "consent_by"): N_("Choose who agreed."),
    ("value", "consent_how"): N_("Choose how they agreed."),
    ("value", "consent_on"): N_("Choose the day on which they agreed; not a day to come."),
    ("idempotency_conflict", ""): SAVED_BEFORE,
}
"""What to say about a field or about the whole form, by what is wrong with it."""
