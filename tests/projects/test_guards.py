"""What is warned of before a figure is saved, each from the same set-up as what is right."""

from dataclasses import replace
from datetime import date

import pytest

from thamthan.projects.rules.guards import Entered, Known, doubts_about

TODAY = date(2026, 4, 5)
RIGHT = Entered(
    milli=120_000,
    of_milli=None,
    measure="people",
    unit="คน",
    adding_up="sum",
    from_on=date(2026, 1, 1),
    until_on=date(2026, 3, 31),
    as_of=date(2026, 3, 31),
)
BAHT = {"measure": "baht", "unit": "บาท"}
MILLIONS = {"measure": "baht", "unit": "ล้านบาท"}
HOUSEHOLDS = {"measure": "households", "unit": "ครัวเรือน"}
SHARE = {"measure": "ratio", "unit": "ร้อยละ", "adding_up": "share"}
PLACE = {"residents": 3_200_000, "households": 1_100_000}


@pytest.mark.parametrize(
    ("changed", "known", "guards", "telling"),
    [
        ({}, {}, [], ""),
        ({"milli": 0}, {"last_period": 5_000, "target": 100_000}, [], ""),
        # A ministry's record: 538,800 typed in baht where millions were asked.
        (MILLIONS | {"milli": 538_800_000}, {}, ["money_unit"], "538,800 ล้านบาท"),
        (MILLIONS | {"milli": 233}, {}, [], ""),
        (BAHT | {"milli": 538_800_000}, {}, [], ""),
        (BAHT | {"milli": 1_500}, {}, ["money_unit"], "1.5 ล้านบาท"),
        (BAHT | {"milli": 10**12}, {}, ["money_unit"], "1,000 ล้านบาท"),
        (
            BAHT | {"milli": 538_800_000},
            {"last_period": 500},
            ["tenfold"],
            "ล้านบาทหรือไม่",
        ),
        (HOUSEHOLDS, PLACE, [], ""),
        (HOUSEHOLDS | {"milli": 1_200_000}, PLACE, ["residents"], "1,100 ครัวเรือน"),
        ({"milli": 1_200_000}, PLACE, [], ""),
        ({"milli": 3_201_000}, PLACE, ["residents"], "3,200 คน"),
        (
            HOUSEHOLDS | {"milli": 3_201_000},
            {"residents": 3_200_000},
            ["residents"],
            "3,200 คน",
        ),
        (HOUSEHOLDS, {"people_counted": 119_000}, ["households"], "นับเป็นคนหรือไม่"),
        (HOUSEHOLDS, {"people_counted": 120_000}, [], ""),
        ({}, {"households_counted": 121_000}, ["households"], "นับเป็นครัวเรือนหรือไม่"),
        ({}, {"last_period": 12_000}, ["tenfold"], "10 เท่าของงวดก่อน"),
        ({}, {"last_period": 12_001}, [], ""),
        ({}, {"last_year": 12_000}, ["tenfold"], "ปีก่อน"),
        ({}, {"target": 12_000}, ["tenfold"], "เป้าหมาย"),
        ({}, {"last_period": 1_200_000}, ["tenfold"], "1 ใน 10"),
        ({}, {"target": 1_200_000}, [], ""),
        (SHARE | {"milli": 80_000, "of_milli": 50_000}, {}, ["share"], "สลับช่อง"),
        (SHARE | {"milli": 50_000, "of_milli": 50_000}, {}, [], ""),
        (
            SHARE | {"unit": "ตารางเมตรต่อคน", "milli": 9_000_000, "of_milli": 850_000},
            {},
            [],
            "",
        ),
        (
            SHARE | {"milli": 50_000, "of_milli": 80_000},
            {"last_period": 5_000},
            ["tenfold"],
            "ท่านใส่ 50 เป็น 10 เท่า",
        ),
        ({"milli": -1_000}, {}, ["negative"], "-1"),
        ({"as_of": date(2026, 4, 2)}, {}, ["as_of"], "อยู่นอกงวด"),
        ({"as_of": date(2025, 12, 31)}, {}, ["as_of"], "อยู่นอกงวด"),
        ({"as_of": date(2026, 4, 6)}, {}, ["as_of"], "ยังมาไม่ถึง"),
        ({}, {"before": (50_000, 60_000)}, ["cumulative"], "10 คน"),
        ({}, {"before": (50_000, 71_000)}, [], ""),
        ({}, {"before": (50_000,)}, [], ""),
        ({}, {"before": (50_000,), "target": 150_000}, ["cumulative"], "70 คน"),
        ({"adding_up": "latest"}, {"before": (50_000, 60_000)}, [], ""),
        ({"adding_up": "max"}, {"before": (50_000, 60_000)}, [], ""),
    ],
)
def test_what_looks_wrong_is_said_with_its_numbers(
    changed: dict[str, object], known: dict[str, object], guards: list[str], telling: str
) -> None:
    entered = replace(RIGHT, **changed)  # type: ignore[arg-type]
    found = doubts_about(entered, Known(**known), today=TODAY)  # type: ignore[arg-type]
    assert [one.guard for one in found] == guards
    assert all(telling in one.words for one in found)


def test_agreeing_to_one_number_does_not_agree_to_another() -> None:
    (one,) = doubts_about(replace(RIGHT, milli=-1_000), Known(), today=TODAY)
    (same,) = doubts_about(replace(RIGHT, milli=-1_000), Known(), today=TODAY)
    (other,) = doubts_about(replace(RIGHT, milli=-2_000), Known(), today=TODAY)
    assert one.key == same.key != other.key


def test_several_slips_are_told_at_once() -> None:
    wrong = replace(RIGHT, milli=5_000_000, as_of=date(2026, 5, 1))
    known = Known(last_period=100_000, residents=3_200_000)
    found = [one.guard for one in doubts_about(wrong, known, today=TODAY)]
    assert found == ["residents", "tenfold", "as_of"]
