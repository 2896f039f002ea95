"""The short names and problems of the desk's pages. Message ids; templates translate them."""

from locales import N_

FIELD: dict[str, str] = {
    "day": N_("Day"),
    "time": N_("Time"),
    "name": N_("Name of the patient"),
    "reference": N_("Number in your own record"),
    "patient_language": N_("Language of the patient"),
    "caregiver_language": N_("Language of the caregiver"),
    "list": N_("List of visits"),
    "tablet": N_("Name of the tablet"),
    "login": N_("Login"),
    "user_name": N_("Name"),
    "password": N_("Password"),
    "duties": N_("What this person does"),
    "code": N_("Code"),
    "zone": N_("Primary care zone"),
    "days": N_("Days until visits are erased"),
    "role": N_("Who is invited"),
    "language": N_("Language"),
    "to": N_("Until"),
}

PROBLEM: dict[str, str] = {
    "missing": N_("Please fill this in."),
    "empty": N_("Please fill this in."),
    "day": N_("Please write the day as 2026-11-23 or 23/11/2026."),
    "time": N_("Please write the time as 9:20."),
    "language": N_("Please choose one of our languages."),
    "too_long": N_("This text is too long."),
    "too_short": N_("Please use at least 15 signs."),
    "characters": N_("There is a character in this text that we cannot keep."),
    "taken": N_("Somebody has this login already."),
    "last_administrator": N_("The practice needs at least one administrator."),
    "wrong_code": N_("This code does not fit. Please try the next one."),
    "days": N_("Please write a number from 30 to 3650."),
    "too_large": N_("This file is too large. Please send it in two parts."),
    "columns": N_("The columns are not as we need them. Please look at the example."),
    "too_many": N_("There are more than 1000 visits. Please send the list in two parts."),
    "empty_list": N_("There are no visits in this list."),
    "known": N_("This visit is there already."),
    "value": N_("Please check this."),
}

DUTY = {
    "clinician": N_("Clinician: reads what people said"),
    "administrator": N_("Administrator: arranges, reads no words"),
}

ACTION: dict[str, str] = {
    "open_visit": N_("opened the visit and read it"),
    "read_visit": N_("read the visit"),
    "read_goals": N_("read the goals"),
    "read_goal": N_("read a goal"),
    "read_goal_versions": N_("read the history of a goal"),
    "read_transcript": N_("read the conversation"),
    "read_flags": N_("read the quotes"),
    "read_audit": N_("looked at this list"),
    "read_report": N_("made a report"),
    "mark_new": N_("set the visit to new"),
    "mark_read": N_("marked the visit as read"),
    "mark_discussed": N_("marked the visit as discussed"),
    "review_accept": N_("accepted a goal"),
    "review_change": N_("wrote another wording"),
    "review_to_discuss": N_("set a goal to be discussed"),
    "review_decline": N_("declined a goal"),
    "export_patient": N_("printed all that is kept about the patient"),
    "fhir_read": N_("a program read a record"),
    "fhir_vread": N_("a program read an earlier record"),
    "fhir_history": N_("a program read the history of a record"),
    "fhir_search": N_("a program searched, and read what it found"),
    "fhir_export": N_("sent a goal to the other system"),
    "export_again": N_("asked to send to the other system again"),
    "fhir_recall": N_("asked the other system to erase what was erased here"),
    "recall_again": N_("asked the other system to erase again"),
    "purge": N_("erased a visit that was kept long enough"),
    "create_visit": N_("made a visit"),
    "invite": N_("made an invitation"),
    "revoke_invitation": N_("ended an invitation"),
    "create_practice": N_("made the practice"),
    "create_user": N_("added a user"),
    "change_duties": N_("changed what a user may do"),
    "set_password": N_("set a new password for a user"),
    "close_user": N_("closed a user"),
    "reopen_user": N_("opened a user again"),
    "set_second_factor": N_("turned on safer sign-in"),
    "set_practice": N_("changed the practice"),
    "enrol_tablet": N_("added a tablet"),
    "revoke_tablet": N_("removed a tablet"),
    "sign_in": N_("signed in"),
    "erase_patient": N_("erased what the patient said, as the patient asked"),
    "erase_caregiver": N_("erased what the caregiver said, as the caregiver asked"),
}
"""What the audit trail calls a step, in words; an action that is not listed is shown as it is."""

AGENT: dict[str, str] = {
    "command": N_("Somebody at the command line"),
    "fhir-export": N_("Voorop itself"),
    "share": N_("Somebody with a shared link"),
}
"""Who acted where it was no user, by `LogLine.agent`."""
