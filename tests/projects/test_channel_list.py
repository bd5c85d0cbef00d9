"""The file of channels is read strictly: what is wrong is named with its row, never guessed."""

import copy
import json
import tomllib
from typing import Any

import pytest

from tests.projects.test_channels import CHANNELS, FILE
from thamthan.errors import Refused
from thamthan.projects.rules import Checked, channel_of, read_channels

ROWS: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["channel"]
HOUSING: dict[str, Any] = next(row for row in ROWS if row["code"] == "housing-repair")


def test_the_shipped_file_can_be_kept_and_read_again() -> None:
    rows = read_channels(FILE.read_bytes())
    assert [channel_of(json.loads(json.dumps(row))) for row in rows] == CHANNELS
    assert len(CHANNELS) >= 20


def test_every_channel_of_the_shipped_file_names_its_ground() -> None:
    for channel in CHANNELS:
        assert channel.legal, channel.code
        for ground in channel.legal:
            assert ground.source, channel.code
            # What was read was read on a day; what was not read has none.
            assert (ground.checked_on is None) == (ground.mark == Checked.KNOWN), channel.code


def test_no_paper_of_one_code_is_two_different_things_in_one_channel() -> None:
    for channel in CHANNELS:
        assert len({paper.code for paper in channel.papers}) == len(channel.papers)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": ""}, "code"),
        ({"name": 7}, "name"),
        ({"group": "bank"}, "ไม่รู้จัก group “bank”"),
        ({"form": None}, "ไม่รู้จัก form"),
        ({"colour": "red"}, "ไม่รู้จัก “colour”"),
        ({"is_closed": "yes"}, "true หรือ false"),
        ({"standings": []}, "standings"),
        ({"standings": ["nowhere"]}, "ไม่รู้จัก standings “nowhere”"),
        ({"legal": []}, "legal"),
        ({"who": {"mark": "I"}}, "ต้องมี kinds หรือ unsure"),
        ({"who": {"kinds": ["sao"], "unsure": ["sao"], "mark": "I"}}, "มีทั้งใน kinds และ unsure"),
        ({"who": {"kinds": ["village"], "mark": "I"}}, "ไม่รู้จัก kinds “village”"),
        ({"who": {"kinds": ["sao"]}}, "ไม่รู้จัก mark"),
        ({"who": {"kinds": ["sao"], "mark": "S", "also": 1}}, "ไม่รู้จัก “also”"),
        ({"plan": {"need": "perhaps", "mark": "B"}}, "ไม่รู้จัก need “perhaps”"),
        ({"window": {"kind": "dated", "mark": "B"}}, "dated ต้องมี closes"),
        ({"window": {"kind": "any_time", "closes": "08-15", "mark": "B"}}, "dated ต้องมี closes"),
        ({"window": {"kind": "dated", "closes": "31-12", "mark": "B"}}, "เดือน-วัน"),
        ({"window": {"kind": "dated", "closes": "02-29", "mark": "B"}}, "เดือน-วัน"),
        ({"ceiling": {"baht": 0, "words": "ศูนย์", "mark": "B"}}, "จำนวนเต็ม"),
        ({"ceiling": {"baht": 40000.0, "words": "จุด", "mark": "B"}}, "จำนวนเต็ม"),
        ({"co_funding": {"percent": 101, "words": "เกิน", "mark": "B"}}, "จำนวนเต็ม"),
        ({"legal": [{"words": "ก", "source": "ข", "mark": "S"}]}, "checked_on"),
        ({"legal": [{"words": "ก", "source": "ข", "mark": "I", "checked_on": "วันนี้"}]}, "วันที่"),
        ({"condition": [{"fact": "rain", "otherwise": "no"}]}, "ไม่รู้จัก fact “rain”"),
        ({"paper": "แบบคำขอ"}, "รายการของตาราง"),
        ({"paper": [HOUSING["paper"][0]] * 2}, "paper ซ้ำกัน"),
    ],
)
def test_a_wrong_row_is_refused_by_its_name(change: dict[str, Any], words: str) -> None:
    assert channel_of(copy.deepcopy(HOUSING)).code == "housing-repair"
    with pytest.raises(Refused) as refused:
        channel_of(copy.deepcopy(HOUSING) | change)
    assert refused.value.code == "bad_channel_list"
    assert words in refused.value.message
    if "code" not in change:
        assert "housing-repair" in refused.value.message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "TOML"),
        (b"[[channel", "TOML"),
        (b"", "[[channel]]"),
        (b"channel = 3", "[[channel]]"),
        (b"[[channel]]\n[other]\n", "ไม่รู้จัก “other”"),
        (FILE.read_bytes() + FILE.read_bytes(), "ซ้ำกันในไฟล์"),
    ],
)
def test_a_wrong_file_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(Refused) as refused:
        read_channels(content)
    assert words in refused.value.message
