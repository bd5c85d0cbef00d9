"""แหล่งเงินตามไฟล์: read strictly; what is not understood is refused with its row and its name."""

import tomllib
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any, TypeVar

from django.db import models

from thamthan.errors import Refused
from thamthan.organisations.rules import LaoKind
from thamthan.projects.rules.channels import (
    Among,
    Asked,
    AskedPaper,
    ChannelFacts,
    ChannelGroup,
    Checked,
    Condition,
    LegalGround,
    MoneyRule,
    Need,
    OrdinanceNeed,
    Otherwise,
    PaperNeed,
    ProposalForm,
    Shape,
    Window,
    WindowKind,
    Work,
)
from thamthan.projects.rules.states import PlanStanding

_Choice = TypeVar("_Choice", bound=models.TextChoices)
_MOST_CODE, _MOST_NAME, _MOST_WORDS = 40, 300, 1000
_LEAP_FREE = 2025


def shipped_channels() -> list[dict[str, Any]]:
    """แหล่งเงินที่มากับระบบ, from `channels.toml`."""
    return read_channels((files("thamthan") / "data" / "channels.toml").read_bytes())


def read_channels(content: bytes) -> list[dict[str, Any]]:
    """อ่านไฟล์ TOML of `[[channel]]` rows as facts that can be kept; each is looked at first."""
    try:
        given = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise _wrong(f"ไฟล์นี้ไม่ใช่ TOML ที่อ่านได้ ({problem})") from None
    rows = given.pop("channel", None)
    if not isinstance(rows, list) or not rows:
        raise _wrong("ไฟล์นี้ไม่มีแถว [[channel]]")
    if given:
        raise _wrong(f"ไม่รู้จัก “{next(iter(given))}” ในไฟล์แหล่งเงิน")
    facts = [_plain(row) for row in rows]
    codes = [channel_of(one).code for one in facts]
    for code in codes:
        if codes.count(code) > 1:
            raise _wrong(f"{code}: รหัสนี้ซ้ำกันในไฟล์")
    return facts


def channel_of(facts: Mapping[str, Any]) -> ChannelFacts:
    """แหล่งเงิน from the facts of one row; wrong ones are refused with the row's code."""
    row = _Row(str(facts.get("code", "แถวหนึ่ง")), facts)
    code = row.words("code", most=_MOST_CODE)
    channel = ChannelFacts(
        code=code,
        name=row.words("name"),
        short_name=row.words("short_name", most=60),
        group=row.choice("group", ChannelGroup),
        form=row.choice("form", ProposalForm),
        about=row.words("about", most=_MOST_WORDS),
        is_closed=row.yes("is_closed"),
        standings=row.choices("standings", PlanStanding),
        legal=tuple(map(_legal, row.rows("legal"))),
        conditions=tuple(map(_asked, row.rows("condition"))),
        papers=tuple(map(_paper, row.rows("paper"))),
        who=_among(row.part("who"), LaoKind),
        work=_among(row.part("work"), Work) if "work" in facts else None,
        shape=_among(row.part("shape"), Shape) if "shape" in facts else None,
        window=_window(row.part("window")),
        **_plan_and_ordinance(row),
        **_money_and_signing(row),
        **_amounts(row),
    )
    row.done()
    if not channel.standings:
        raise row.wrong("ต้องมี standings อย่างน้อยหนึ่งอย่าง")
    if not channel.legal:
        raise row.wrong("ต้องมี [[channel.legal]] อย่างน้อยหนึ่งแถว")
    for name, keys in (
        ("paper", [paper.code for paper in channel.papers]),
        ("paper", [paper.name for paper in channel.papers]),
        ("condition", [asked.fact for asked in channel.conditions]),
    ):
        if len(keys) != len(set(keys)):
            raise row.wrong(f"{name} ซ้ำกัน")
    return channel


class _Row:
    """One table of the file; what was not asked for at the end is not known."""

    def __init__(self, told: str, given: Mapping[str, Any]) -> None:
        if not isinstance(given, Mapping):
            raise _wrong(f"{told}: ต้องเป็นตาราง")
        self.told, self.given, self.seen = told, given, set[str]()

    def wrong(self, message: str) -> Refused:
        return _wrong(f"{self.told}: {message}")

    def get(self, name: str) -> Any:
        self.seen.add(name)
        return self.given.get(name)

    def words(self, name: str, *, most: int = _MOST_NAME, needed: bool = True) -> str:
        value = self.get(name)
        if value is None and not needed:
            return ""
        if not isinstance(value, str) or len(value) > most or (needed and not value.strip()):
            raise self.wrong(f"ต้องมี {name} เป็นข้อความ ยาวไม่เกิน {most} ตัวอักษร")
        return value.strip()

    def yes(self, name: str) -> bool:
        value = self.get(name)
        if value not in (None, True, False):
            raise self.wrong(f"{name} ต้องเป็น true หรือ false")
        return value is True

    def number(self, name: str, *, most: int) -> int | None:
        value = self.get(name)
        if value is None:
            return None
        if type(value) is not int or not 0 < value <= most:
            raise self.wrong(f"{name} ต้องเป็นจำนวนเต็มตั้งแต่ 1 ถึง {most:,}")
        return value

    def choice(self, name: str, known: type[_Choice]) -> _Choice:
        return self._known(name, self.get(name), known)

    def choices(self, name: str, known: type[_Choice]) -> frozenset[_Choice]:
        values = self.get(name)
        if values is None:
            return frozenset()
        if not isinstance(values, list):
            raise self.wrong(f"{name} ต้องเป็นรายการ")
        return frozenset(self._known(name, value, known) for value in values)

    def _known(self, name: str, value: Any, known: type[_Choice]) -> _Choice:
        try:
            return known(value)
        except ValueError:
            told = ", ".join(known.values)
            raise self.wrong(f"ไม่รู้จัก {name} “{value}” (รู้จัก {told})") from None

    def mark(self) -> Checked:
        return self.choice("mark", Checked)

    def part(self, name: str) -> "_Row":
        return _Row(f"{self.told}: {name}", self.get(name))

    def rows(self, name: str) -> "list[_Row]":
        values = self.get(name)
        if values is None:
            return []
        if not isinstance(values, list):
            raise self.wrong(f"{name} ต้องเป็นรายการของตาราง")
        return [_Row(f"{self.told}: {name} ที่ {at}", one) for at, one in enumerate(values, 1)]

    def done(self) -> None:
        unknown = self.given.keys() - self.seen
        if unknown:
            raise self.wrong(f"ไม่รู้จัก “{min(unknown)}”")


def _among(row: _Row, known: type[_Choice]) -> Among[_Choice]:
    kinds, unsure = row.choices("kinds", known), row.choices("unsure", known)
    if kinds & unsure:
        raise row.wrong("มีทั้งใน kinds และ unsure")
    if not kinds | unsure:
        raise row.wrong("ต้องมี kinds หรือ unsure")
    among = Among(kinds, unsure, _note(row), row.mark())
    row.done()
    return among


def _window(row: _Row) -> Window:
    kind = row.choice("kind", WindowKind)
    opens, closes = _month_day(row, "opens"), _month_day(row, "closes")
    if (kind == WindowKind.DATED) != (closes is not None) or (opens and not closes):
        raise row.wrong("dated ต้องมี closes และชนิดอื่นต้องไม่มีวัน")
    window = Window(kind, opens, closes, _note(row), row.mark())
    row.done()
    return window


def _month_day(row: _Row, name: str) -> tuple[int, int] | None:
    value = row.words(name, needed=False)
    if not value:
        return None
    try:
        # A year without 29 February: the day must be there every year.
        day = date.fromisoformat(f"{_LEAP_FREE}-{value}")
    except ValueError:
        raise row.wrong(f"{name} ต้องเป็นเดือน-วัน เช่น 08-15") from None
    return day.month, day.day


def _plan_and_ordinance(row: _Row) -> dict[str, Any]:
    plan, ordinance = row.part("plan"), row.part("ordinance")
    told = {
        "plan": plan.choice("need", Need),
        "plan_words": _note(plan),
        "plan_mark": plan.mark(),
        "ordinance": ordinance.choice("need", OrdinanceNeed),
        "ordinance_words": _note(ordinance),
        "ordinance_mark": ordinance.mark(),
    }
    plan.done()
    ordinance.done()
    return told


def _money_and_signing(row: _Row) -> dict[str, Any]:
    money, signing = row.part("money"), row.part("signing")
    told = {
        "money": money.choice("rule", MoneyRule),
        "money_words": _note(money),
        "money_mark": money.mark(),
        "signed_by": signing.words("signed_by"),
        "sent_to": signing.words("sent_to"),
        "signing_mark": signing.mark(),
    }
    money.done()
    signing.done()
    return told


def _amounts(row: _Row) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if row.get("ceiling") is not None:
        ceiling = row.part("ceiling")
        told |= {
            "ceiling_baht": ceiling.number("baht", most=10**12),
            "ceiling_per": ceiling.words("per", most=60, needed=False),
            "ceiling_words": ceiling.words("words"),
            "ceiling_mark": ceiling.mark(),
        }
        ceiling.done()
    if row.get("co_funding") is not None:
        share = row.part("co_funding")
        told |= {
            "co_funding_percent": share.number("percent", most=100),
            "co_funding_words": share.words("words"),
            "co_funding_mark": share.mark(),
        }
        share.done()
    return told


def _legal(row: _Row) -> LegalGround:
    checked = row.get("checked_on")
    try:
        day = None if checked is None else date.fromisoformat(str(checked))
    except ValueError:
        raise row.wrong("checked_on ต้องเป็นวันที่ เช่น 2026-11-24") from None
    ground = LegalGround(row.words("words", most=_MOST_WORDS), row.words("source"), row.mark(), day)
    if ground.mark == Checked.SAID and day is None:
        raise row.wrong("แหล่งที่อ่านแล้ว (S) ต้องมี checked_on")
    row.done()
    return ground


def _asked(row: _Row) -> Asked:
    asked = Asked(
        row.choice("fact", Condition),
        row.choice("otherwise", Otherwise),
        row.words("words"),
        row.mark(),
    )
    row.done()
    return asked


def _paper(row: _Row) -> AskedPaper:
    paper = AskedPaper(
        code=row.words("code", most=_MOST_CODE),
        name=row.words("name"),
        need=row.choice("need", PaperNeed),
        when=None if row.get("when") is None else row.choice("when", Shape),
        why=row.words("why", most=_MOST_WORDS),
        form=row.words("form", needed=False),
        mark=row.mark(),
    )
    row.done()
    return paper


def _note(row: _Row) -> str:
    return row.words("words", most=_MOST_WORDS, needed=False)


def _plain(value: Any) -> Any:
    """The row as it can be kept in the database: days as words, all else as it stands."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _wrong(message: str) -> Refused:
    return Refused(message, code="bad_channel_list", status=400)
