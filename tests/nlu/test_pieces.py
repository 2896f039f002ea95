"""A message is judged for danger in pieces that the encoder reads to their end."""

from bot.nlu.encoder import MAX_WORDS
from bot.nlu.pieces import MOST, nothing_left_out, pieces


def test_a_short_message_is_judged_as_a_whole_and_by_sentence() -> None:
    assert pieces("It was long ago. He hit me!") == ["it was long ago. he hit me!", "it was long ago", "he hit me"]


def test_a_long_sentence_is_cut_at_its_commas() -> None:
    long = "I get up at seven and make coffee for the two of us, then he locks the door and leaves"
    assert pieces(long) == ["i get up at seven and make coffee for the two of us,", "then he locks the door and leaves"]


def test_a_long_sentence_without_commas_is_read_to_its_end() -> None:
    found = pieces("walk " * 40 + "danger")
    assert all(len(piece.split()) <= MAX_WORDS for piece in found)
    assert found[-1].endswith("danger")


def test_of_a_long_story_the_beginning_and_the_end_are_judged() -> None:
    found = pieces(" ".join(f"This is what I did on day {number} of my holiday." for number in range(40)))
    assert len(found) == MOST
    assert "day 0 " in found[0]
    assert "day 39 " in found[-1]


def test_it_is_known_whether_something_was_left_out() -> None:
    assert nothing_left_out("I walk. I read.")
    assert not nothing_left_out(" ".join(f"This is what I did on day {number}." for number in range(40)))
    assert not nothing_left_out("walk " * 1000)


def test_numbers_and_signs_alone_are_not_judged() -> None:
    assert pieces("8. 9! ?") == []
