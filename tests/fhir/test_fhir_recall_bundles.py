"""The Bundles of a recall, whatever records it names."""

from fhir_house import START
from fhir_models import check_model
from hypothesis import given, settings
from hypothesis import strategies as st

from api.fhir import recalling
from api.fhir.bundle import Referring

RECORDS = st.lists(
    st.tuples(
        st.sampled_from(["Goal", "CarePlan", "Observation", "Provenance", "QuestionnaireResponse", "RelatedPerson"]),
        st.text("0123456789abcdef", min_size=32, max_size=32),
    ),
    unique=True,
    max_size=30,
)


@given(RECORDS)
@settings(max_examples=50)
def test_any_records_are_asked_for_whole_and_at_most_eight_at_a_time(records: list[tuple[str, str]]) -> None:
    keys = [f"{kind}/{record}" + ("-3.1" if kind == "Provenance" else "") for kind, record in records]
    made = recalling.recall("a" * 32, "b" * 32, ["Patient/x", *keys], START, {}, Referring(None, {}, {}))
    assert [key for one in made for key in one.records] == keys
    assert all(1 <= len(one.bundle["entry"]) <= recalling.MOST for one in made)
    assert [found for one in made for found in check_model(one.bundle)] == []
    again = recalling.recall("a" * 32, "b" * 32, ["Patient/x", *keys], START, {}, Referring(None, {}, {}))
    assert again == made
