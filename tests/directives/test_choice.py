"""Receivers are chosen in five ways; what was pasted is understood, what is lacking is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamthan.directives.rules import MOST_CODES, Whom, choice_of, codes_in
from thamthan.errors import Refused


def test_codes_are_found_among_names_and_tabs() -> None:
    pasted = "6760607\tอบต.หนองกะปุ\n๖๗๖๐๖๐๙, ทต.บ้านลาด (5760601)\n\nMOI\n6760607\nไม่มีรหัส 5 แห่ง\n"
    assert codes_in(pasted) == ("6760607", "6760609", "5760601", "MOI")
    assert codes_in("6760607-05 กองสวัสดิการ") == ("6760607-05",)
    assert codes_in("อบต. OTOP ทุกแห่ง") == ()


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    found = codes_in(text)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("whom", ["", "everyone", "kind", "codes", "group"])
def test_a_way_of_choosing_that_lacks_what_it_goes_by_is_refused(whom: str) -> None:
    with pytest.raises(Refused) as refused:
        choice_of(whom)
    assert refused.value.code == "no_receiver"


def test_what_belongs_to_another_way_is_left_out() -> None:
    told = {"kinds": ["sao", "?"], "pasted": "6760607", "group": "3", "without": "6760609"}
    by_kind = choice_of("kind", **told)  # type: ignore[arg-type]
    assert (by_kind.whom, by_kind.kinds, by_kind.codes, by_kind.group) == (
        Whom.KIND,
        ("sao",),
        (),
        None,
    )
    assert by_kind.without == ("6760609",)
    assert choice_of("codes", **told).codes == ("6760607",)  # type: ignore[arg-type]
    assert choice_of("group", **told).group == 3  # type: ignore[arg-type]


def test_too_many_codes_are_refused() -> None:
    with pytest.raises(Refused):
        codes_in("\n".join(str(1_000_000 + at) for at in range(MOST_CODES + 1)))
