"""What can go wrong in the chat channel, as a person and a program read it.

Every error carries an HTTP status, a stable code, the field it is about and the message id of a kind sentence.
None of them ever carries what was typed.
"""

from locales import N_


class ChatError(Exception):
    """Something the channel will not or cannot do; `msgid` is translated at the edge."""

    status = 400
    code = "bad_request"
    msgid = N_("We could not read that. Please try again.")

    def __init__(self, field: str | None = None) -> None:
        super().__init__(self.code)
        self.field = field


class BadRequest(ChatError):
    """The body is not what the interface asks for."""


class WrongOrigin(ChatError):
    status = 403
    code = "wrong_origin"
    msgid = N_("Please use the page of this practice itself.")


class NotSignedIn(ChatError):
    status = 401
    code = "not_signed_in"
    msgid = N_("Please open your link again, or type your code again.")


class InvitationNotValid(ChatError):
    """One answer for a wrong, an expired and a revoked invitation."""

    status = 404
    code = "invitation_not_valid"
    msgid = N_("This link or code does not work. Please check it, or ask the practice for a new one.")


class TooManyTries(ChatError):
    status = 429
    code = "too_many_tries"
    msgid = N_("There were too many tries. Please wait a few minutes and try again.")

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


class EmptyMessage(ChatError):
    status = 422
    code = "empty"
    msgid = N_("There is no text yet. Please write something, or choose one of the buttons.")


class MessageTooLong(ChatError):
    status = 413
    code = "too_long"
    msgid = N_("That is a long text. Please send it in smaller parts.")


class UnreadableCharacters(ChatError):
    status = 422
    code = "unreadable_characters"
    msgid = N_("There is a sign in your text that we cannot store. Please write it in another way.")


class LanguageNotEnabled(ChatError):
    status = 422
    code = "language_not_enabled"
    msgid = N_("We do not speak that language yet.")


class MessageIdUsed(ChatError):
    status = 409
    code = "message_id_used"
    msgid = N_("We already have another message from you with this number. Please send it again.")


class ChoiceNotOpen(ChatError):
    status = 409
    code = "choice_not_open"
    msgid = N_("That button belongs to an earlier question. Please choose one of the buttons below.")


class Busy(ChatError):
    status = 409
    code = "busy"
    msgid = N_("Something else was sent at the same moment. Please look at the page and send it again.")


class ConversationClosed(ChatError):
    status = 409
    code = "closed"
    msgid = N_("This conversation is closed. Thank you. Please ask the practice if you want to add something.")


class NothingToTakeBack(ChatError):
    status = 404
    code = "nothing_to_take_back"
    msgid = N_("We cannot find this among what you shared.")


class AlreadyAgreed(ChatError):
    status = 409
    code = "already_agreed"
    msgid = N_("Your care team already works with this. Please tell them yourself.")


class TurnNotDone(ChatError):
    """The turn failed and nothing of it was kept: sending the same message again is safe."""

    status = 503
    code = "not_saved"
    msgid = N_("Sorry, something went wrong on our side. Your message was not saved. Please send it again.")
