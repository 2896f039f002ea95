"""What a question of its own makes of what looks like a move there. One table; every other question has no entry."""

from collections.abc import Mapping
from dataclasses import dataclass, field

_AFTER_DANGER = frozenset({"affirm", "deny", "unsure", "pause", "goodbye"})


@dataclass(frozen=True)
class Occasion:
    """asks_for: moves that are just what the question asks for, and so content. asks_for_questions: so is whatever
    holds a question mark. means: in a few words this move means that one. only: the moves that are understood at all,
    None for every one. easily_mistaken: what comes near these moves answers the question: they have to be more
    certain, and short of that nobody asks about them.
    """

    asks_for: frozenset[str] = frozenset()
    asks_for_questions: bool = False
    means: Mapping[str, str] = field(default_factory=dict)
    only: frozenset[str] | None = None
    easily_mistaken: frozenset[str] = frozenset()

    def takes_as_content(self, move: str, asking: bool) -> bool:
        """Whether a move, in words with or without a question mark, is content here."""
        heard = self.only is None or move in self.only
        return not heard or move in self.asks_for or (asking and self.asks_for_questions)


PLAIN = Occasion()
OCCASIONS: Mapping[str, Occasion] = {
    # It is the very question for the visit.
    "visit_question": Occasion(asks_for=frozenset({"ask_medical"}), asks_for_questions=True),
    # It names the language to go on in.
    "language_offer": Occasion(asks_for=frozenset({"switch_language"})),
    # Who or what can help: "someone to talk to".
    "goal_support": Occasion(easily_mistaken=frozenset({"ask_human"})),
    # "That's it" about one's own words is a yes.
    "goal_readback": Occasion(means={"finish": "affirm"}),
    # "That's all" where more is asked for is a no.
    "more_goals": Occasion(means={"finish": "deny"}),
    # Where somebody has to say whether they are sure, the move itself is a yes.
    "clarify_move": Occasion(means={"delete_everything": "affirm", "start_over": "affirm"}),
    # Whoever writes "I will call that number" after danger has answered.
    "safety": Occasion(only=_AFTER_DANGER),
    "safety_continue": Occasion(only=_AFTER_DANGER),
}
