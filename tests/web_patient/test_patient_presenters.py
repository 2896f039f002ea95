"""What the chat page shows of a conversation, and with which weight."""

from dataclasses import replace

import pytest
from patient_chat import asked, conversation, said
from patient_scenes import cards, one_thing, question, safety, scale, share, summary

from bot.channel.own_copy import OwnCopy
from bot.channel.view import Choice, Part, Progress
from web.patient.labels import AREAS_OF_LIFE
from web.patient.pieces import pieces
from web.patient.presenters import present, present_copy, steps


def test_the_newest_question_stands_alone_and_older_turns_fade_by_distance() -> None:
    page = present(question("nl"), message_id="m")
    assert page.newest is not None
    assert page.newest.seq == 6
    assert [(turn.seq, turn.distance) for turn in page.turns] == [
        (1, "far"),
        (2, "near"),
        (3, "near"),
        (4, "near"),
        (5, "now"),
    ]


def test_only_what_the_person_wrote_is_in_the_voice() -> None:
    page = present(question("nl"), message_id="m")
    assert [piece.voice for piece in page.turns[1].pieces] == [True]
    assert [piece.voice for piece in page.turns[2].pieces] == [False, True, False]


def test_a_chosen_button_is_an_answer_but_not_the_persons_own_words() -> None:
    view = conversation(asked(1, "welcome", "Shall we start?", "en"), said(2, None, "en", labels="Yes"))
    page = present(view, message_id="m")
    assert page.newest is None
    assert [(piece.text, piece.voice) for piece in page.turns[1].pieces] == [("Yes", False)]


def test_long_quoted_words_stand_on_their_own_lines_without_the_programs_full_stop() -> None:
    words = "to walk to the park with the grandchildren as we did before."
    shown = pieces(
        (
            Part("You said: ", False, "en", "ltr"),
            Part(words, True, "en", "ltr"),
            Part(". Is that right?", False, "en", "ltr"),
        )
    )
    assert [(piece.text, piece.block) for piece in shown] == [
        ("You said:", False),
        (words, True),
        ("Is that right?", False),
    ]


def test_words_that_the_program_puts_on_a_line_of_their_own_are_a_block_too() -> None:
    shown = pieces(
        (
            Part("You said:\n", False, "en", "ltr"),
            Part("the park", True, "en", "ltr"),
            Part("\nIs that right?", False, "en", "ltr"),
        )
    )
    assert [(piece.text, piece.block) for piece in shown] == [
        ("You said:", False),
        ("the park", True),
        ("Is that right?", False),
    ]


def test_words_in_an_unknown_language_keep_their_own_direction() -> None:
    (piece,) = pieces((Part("mir chci", True, None, ""),))
    assert (piece.lang, piece.dir) == (None, "auto")


def test_the_twelve_areas_of_life_become_cards_and_other_choices_stay_buttons() -> None:
    view = cards("nl")
    last = view.messages[-1]
    view = replace(
        view, messages=(*view.messages[:-1], replace(last, choices=(*last.choices, Choice("x", "Niets", "none"))))
    )
    page = present(view, message_id="m")
    assert tuple(card.value for card in page.cards) == AREAS_OF_LIFE
    assert [choice.value for choice in page.choices] == ["none"]


def test_importance_is_a_scale_of_eleven_buttons() -> None:
    page = present(scale("nl"), message_id="m")
    assert [choice.value for choice in page.scale] == [str(number) for number in range(11)]
    assert page.choices == ()


def test_each_row_of_the_summary_has_its_own_buttons() -> None:
    page = present(summary("nl"), message_id="m")
    assert [[choice.value for choice in row.choices] for row in page.rows] == [
        [f"change:{answer}", f"remove:{answer}"] for answer in ("a1", "a2", "a3")
    ]
    assert [choice.value for choice in page.choices] == ["affirm", "more"]


def test_a_row_without_buttons_of_its_own_takes_the_change_link_of_the_message() -> None:
    spoken = said(1, "walk to church", "en", id="m-1")
    row = {"answer": "m-1", "question": "life_goal", "words": "walk to church", "lang": "en"}
    view = conversation(spoken, replace(asked(2, "summary", "Is this right?", "en"), items=(row,)))
    (shown,) = present(view, message_id="m").rows
    assert [choice.id for choice in shown.choices] == ["change-1"]


def test_a_row_says_what_a_bare_answer_answers() -> None:
    last = asked(2, "summary", "Is this right?", "en")
    items = tuple(
        {"answer": key, "question": key, "words": words, "lang": "en"}
        for key, words in (("life_goal", "walk to church"), ("goal_importance", "eight"))
    )
    page = present(conversation(replace(last, items=items)), message_id="m")
    assert [row.label for row in page.rows] == ["What you would like", "How important it is"]


def test_goals_to_choose_from_are_in_the_persons_own_words() -> None:
    page = present(one_thing("nl"), message_id="m")
    assert [choice.value for choice in page.own_words] == ["g1", "g2"]
    assert [choice.value for choice in page.choices] == ["unsure"]


def test_rows_say_what_is_shared() -> None:
    page = present(share("nl"), message_id="m")
    assert [row.shared for row in page.rows] == [True, False, True]


def test_numbers_to_call_stay_with_the_question_that_follows_them() -> None:
    page = present(safety("nl"), message_id="m")
    assert [number.tel for turn in page.danger for number in turn.numbers] == ["1813", "112"]
    assert all(turn.kind != "safety" for turn in page.turns)


def test_numbers_stay_in_view_until_danger_is_over() -> None:
    view = safety("nl")
    asked_again = (*view.messages, said(9, "ja", "nl"), asked(10, "safety_continue", "Wilt u verdergaan?", "nl"))
    page = present(replace(view, messages=asked_again, question="safety_continue"), message_id="m")
    assert [number.tel for number in page.numbers] == ["1813", "112"]


def test_a_contact_says_what_to_dial_and_only_what_its_source_tells() -> None:
    line = {"name": "Poison centre", "number": "070 245 245", "tel": "tel:+3270245245", "hours": None, "cost": "Free"}
    told = replace(asked(1, "safety_told", "Please call.", "en", kind="safety"), items=(line,))
    page = present(conversation(told, asked(2, "safety", "Later?", "en")), message_id="m")
    (number,) = page.danger[0].numbers
    assert (number.tel, number.details, number.note) == ("+3270245245", ("Free",), "")


def test_old_safety_messages_stay_where_they_were_said() -> None:
    view = safety("nl")
    later = (*view.messages, said(9, "ja", "nl"), asked(10, "life_goal", "Wat zou u graag doen?", "nl"))
    page = present(replace(view, messages=later), message_id="m")
    assert page.danger == ()
    assert [turn.seq for turn in page.turns if turn.kind == "safety"] == [7, 8]


@pytest.mark.parametrize(
    ("key", "done", "state", "part"),
    [
        ("life_goal", 3, "open", 3),
        ("typical_day", 0, "open", 1),
        ("share", 8, "open", 8),
        ("welcome", 0, "open", None),
        ("safety", 3, "open", None),
        ("closing", 8, "finished", None),
    ],
)
def test_progress_names_the_open_part_and_nothing_before_the_start_or_after_the_end(
    key: str, done: int, state: str, part: int | None
) -> None:
    view = replace(conversation(asked(1, key, "?", "en"), done=done, state=state), progress=Progress(done, 8))
    assert steps(view).part == part


def test_every_question_key_of_the_contract_has_a_name_for_its_part() -> None:
    keys = (
        "welcome typical_day matters_most life_goal probe_moment probe_meaning probe_missing probe_beyond_symptom "
        "probe_split goal_readback goal_importance goal_obstacle goal_support more_goals one_thing care_burden "
        "visit_question summary share closing caregiver_relation caregiver_day caregiver_for_them caregiver_own "
        "caregiver_load"
    )
    nameless = [key for key in keys.split() if not steps(conversation(asked(1, key, "?", "en"))).label]
    assert nameless == []


@pytest.mark.parametrize(("state", "takes"), [("open", True), ("paused", True), ("finished", True), ("closed", False)])
def test_there_is_a_field_while_there_is_something_to_answer(state: str, takes: bool) -> None:
    view = conversation(asked(1, "closing", "Thank you.", "en"), state=state)
    assert present(view, message_id="m").takes_words is takes


def test_the_own_copy_holds_the_rows_and_every_answer_under_its_question() -> None:
    view = summary("nl")
    copy = present_copy(OwnCopy(view.role, "nl", view.state, view.messages, view.messages[-1].items))
    assert len(copy.rows) == 3
    assert [(asked and asked.seq, spoken.seq) for asked, spoken in copy.answers] == [(1, 2), (4, 5)]


def test_words_of_danger_stand_under_no_question_of_the_own_copy() -> None:
    view = safety("nl")
    copy = present_copy(OwnCopy(view.role, "nl", view.state, view.messages, ()))
    assert [(asked and asked.seq, spoken.seq) for asked, spoken in copy.answers] == [(1, 2)]
