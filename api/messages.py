"""The sentences behind error codes. Plain English is the message id; it is translated where it is answered."""

from locales import N_

# Errors that a person at a screen may meet; what only programs meet (fields of the action server) is told in general.
MESSAGES = {
    "not_signed_in": N_("Please sign in first."),
    "wrong_login": N_("This login or password is not right."),
    "second_factor_needed": N_("Please also fill in the code of your app."),
    "too_many_attempts": N_("That was wrong too often. Please wait a quarter of an hour and try again."),
    "not_allowed": N_("You are not allowed to do this."),
    "foreign_origin": N_("This page did not come from us. Please open it again and try once more."),
    "not_found": N_("We cannot find this."),
    "method_not_allowed": N_("This cannot be done here."),
    "status_conflict": N_("This goal can no longer be changed like this."),
    "version_conflict": N_("Somebody else has just changed this goal. Please look at both texts and choose again."),
    "version_needed": N_("Please say which version you have seen."),
    "idempotency_conflict": N_("This key was used for another request."),
    "too_large": N_("This is too long to send at once."),
    "not_json": N_("We can only read JSON here."),
    "missing": N_("Something is missing here."),
    "empty": N_("Something is missing here."),
    "characters": N_("There is a character in this text that we cannot keep."),
    "too_long": N_("This text is too long."),
    "too_short": N_("This text is too short."),
    "not_covered": N_("Only the person whose goals they are can agree to share them."),
    "out_of_place": N_("This does not belong to the choice you made."),
    "gone": N_("The person took this back, or no longer shares it."),
    "format": N_("We can only answer in JSON here."),
    "search_value": N_("We do not understand this value of the search."),
    "search_modifier": N_("We cannot search like this."),
    "search_unknown": N_("We do not know one of the words of this search."),
    "unavailable": N_("This does not work right now. Please try again in a minute."),
}
GENERAL = N_("We do not understand this. Please check it and try again.")


def message_for(code: str) -> str:
    """The message id of an error code."""
    return MESSAGES.get(code, GENERAL)
