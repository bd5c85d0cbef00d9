"""What an officer types of one clause or one thing asked, understood or told to be wrong."""

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils import timezone

from thamthan.directives.actions import (
    Asked,
    ByNoDay,
    ByOwnDay,
    ByReading,
    ByReceipt,
    Named,
    Worded,
)
from thamthan.directives.queries import OpenClause, indicators_seen_by, policies_seen_by
from thamthan.directives.rules import CountsFrom, has_ended
from thamthan.errors import Refused
from thamthan.letters.rules import clock
from thamthan.organisations.queries import organisations_seen_by, reach_of
from thamthan.reading.model import Ask
from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze
from thamthan.web.typed import Typed

if TYPE_CHECKING:
    from thamthan.directives.models import Directive, Obligation
    from thamthan.organisations.models import Organisation, Post

_WITH_CODE = re.compile(r"(?P<name>.*)\((?P<code>[0-9A-Z][0-9A-Z-]{0,19})\)")
_SPARE_SUPPORTERS = 2


def keys(given: QueryDict, name: str) -> list[int]:
    """The keys that were ticked."""
    return [int(one) for one in given.getlist(name) if one.isascii() and one.isdigit()][:500]


def lines_of(text: str) -> list[str]:
    """Each line that says something."""
    return [line for line in (squeeze(one) for one in text.splitlines()) if line]


def shown_name(organisation: "Organisation | None", name: str) -> str:
    """One of the tree with its code, by which it is known again; another by its name."""
    return f"{organisation.name} ({organisation.code})" if organisation is not None else name


def named(post: "Post", typed: str) -> Named | None:
    """หน่วยงานตามที่พิมพ์: of the tree by its code or by a name that only one has; else by name."""
    words = squeeze(typed.replace("\x00", ""))[:300]
    if not words:
        return None
    coded = _WITH_CODE.fullmatch(words)
    seen = organisations_seen_by(post).filter(closed_on=None)
    if coded is not None:
        found = seen.filter(code=coded["code"]).first()
        return Named(found.name, found) if found is not None else Named(words)
    near = seen.filter(path__startswith=reach_of(post))
    for circle in (near, seen):
        for field in ("name", "short_name"):
            same = list(circle.filter(**{field: words})[:2])
            if len(same) == 1:
                return Named(same[0].name, same[0])
    return Named(words)


class ClauseForm:
    """แบบแก้ไขข้อ: from what is kept or from what was typed; nothing typed is lost."""

    def __init__(self, post: "Post", line: OpenClause, *, posted: QueryDict | None = None) -> None:
        self._post, self._line = post, line
        self.problems: dict[str, str] = {}
        self.refused = ""
        self.theirs = ""
        row = line.directive
        self._kept_policies = {_policy_key(one.policy_id, one.theme_id) for one in row.under.all()}
        self._kept_indicators = {one.pk for one in row.indicators.all()}
        kept_supporters = [shown_name(one.organisation, one.name) for one in row.supporters.all()]
        self._kept_lead = shown_name(row.lead, row.lead_name)
        self._kept_supporters = kept_supporters
        if posted is None:
            self.number, self.text, self.lead = row.number, row.text, self._kept_lead
            self.supporters = [*kept_supporters, *[""] * _SPARE_SUPPORTERS]
            self._policies = self._kept_policies
            self._indicators = self._kept_indicators
        else:
            self.number = posted.get("number", "")
            self.text = posted.get("text", "").replace("\x00", "")[:20_000]
            self.lead = posted.get("lead", "")
            self.supporters = posted.getlist("support")[:40]
            self._policies = {one for one in posted.getlist("policy") if _KEY.fullmatch(one)}
            self._indicators = set(keys(posted, "indicator"))

    @property
    def policies(self) -> list[dict[str, Any]]:
        """Every policy with its themes, what is chosen first, then those in force."""
        today = timezone.localdate()
        rows = []
        for policy in policies_seen_by(self._post).prefetch_related("themes"):
            themes = [
                {"key": _policy_key(policy.pk, theme.pk), "theme": theme}
                for theme in policy.themes.all()
            ]
            for theme in themes:
                theme["is_chosen"] = theme["key"] in self._policies
            key = _policy_key(policy.pk, None)
            rows.append(
                {
                    "policy": policy,
                    "key": key,
                    "is_chosen": key in self._policies,
                    "themes": themes,
                    "has_ended": has_ended(policy.until_on, today=today),
                    "is_used": key in self._policies or any(one["is_chosen"] for one in themes),
                }
            )
        return sorted(rows, key=lambda row: (not row["is_used"], row["has_ended"]))

    @property
    def indicators(self) -> list[tuple[Any, bool]]:
        """Every indicator, with whether it is chosen; those chosen first."""
        rows = list(indicators_seen_by(self._post))
        return sorted(
            ((one, one.pk in self._indicators) for one in rows), key=lambda row: not row[1]
        )

    @property
    def chosen_indicators(self) -> int:
        return len(self._indicators)

    @property
    def is_changed(self) -> bool:
        is_worded_anew = squeeze(self.text) != self._line.directive.text
        return is_worded_anew or self.is_changed_besides_text

    @property
    def is_changed_besides_text(self) -> bool:
        row = self._line.directive
        supporters = [squeeze(one) for one in self.supporters if squeeze(one)]
        return (
            squeeze(self.number) != row.number
            or squeeze(self.lead) != self._kept_lead
            or supporters != self._kept_supporters
            or self._policies != self._kept_policies
            or self._indicators != self._kept_indicators
        )

    def worded(self, *, text: str) -> Worded:
        policies = []
        seen = {one.pk: one for one in policies_seen_by(self._post).prefetch_related("themes")}
        for key in sorted(self._policies):
            policy_pk, _, theme_pk = key.partition(".")
            policy = seen.get(int(policy_pk))
            if policy is None:
                continue
            themes = {str(one.pk): one for one in policy.themes.all()}
            policies.append((policy, themes.get(theme_pk)))
        supporters = [named(self._post, one) for one in self.supporters]
        return Worded(
            number=self.number,
            text=text,
            lead=named(self._post, self.lead),
            supporters=tuple(one for one in supporters if one is not None),
            policies=tuple(policies),
            indicators=tuple(indicators_seen_by(self._post).filter(pk__in=self._indicators)),
        )

    def refuse(self, refused: Refused, *, now: "Directive") -> None:
        """Say what was refused beside its field; another's words are shown beside one's own."""
        field = str(refused.facts.get("field", ""))
        if field in {"text", "number"}:
            self.problems[field] = refused.message
        else:
            self.refused = refused.message
        if refused.code == "changed_meanwhile" and squeeze(now.text) != squeeze(self.text):
            self.theirs = now.text


_KEY = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,18})?")


def _policy_key(policy_pk: int, theme_pk: int | None) -> str:
    return f"{policy_pk}.{theme_pk}" if theme_pk is not None else str(policy_pk)


class AskForm:
    """แบบสิ่งที่ขอ: what is asked, to whom, by what means, and every way to read its deadline."""

    def __init__(
        self, row: "Obligation | None", *, posted: Mapping[str, str] | None = None
    ) -> None:
        self._row = row
        self.refused = ""
        kept = _kept(row)
        values = kept if posted is None else {name: posted.get(name, "") for name in kept}
        self.typed = Typed(values, near=timezone.localdate())

    @property
    def values(self) -> Mapping[str, str]:
        return self.typed.values

    @property
    def problems(self) -> dict[str, str]:
        return self.typed.problems

    @property
    def asks(self) -> list[tuple[str, str]]:
        return [(one.value, one.label) for one in Ask]

    @property
    def readings(self) -> list[dict[str, Any]]:
        """Each honest reading with its reason, as a choice."""
        rows = self._row.readings if self._row is not None else []
        return [
            {
                "key": f"reading-{at}",
                "opens": _day(one.get("opens")),
                "closes": _day(one.get("closes")),
                "time": clock(one.get("time")),
                "reason": one.get("reason", ""),
            }
            for at, one in enumerate(rows)
        ]

    @property
    def has_other(self) -> bool:
        """Whether what holds now is none of the choices, and so is a choice of its own."""
        return _kept(self._row)["due"] == "same"

    def asked(self) -> Asked | None:
        """What was typed, or None where something is wrong with it."""
        ask = self.values["ask"]
        if ask not in set(Ask):
            self.problems["ask"] = "โปรดเลือกว่าขอให้ทำอะไร"
        if not self.typed.words("text"):
            self.problems["text"] = "โปรดใส่สิ่งที่ขอให้ดำเนินการ"
        due = self._due()
        if self.problems:
            return None
        return Asked(
            Ask(ask),
            self.values["text"],
            to=self.values["to"],
            by_way_of=self.values["by_way_of"],
            due=due,
        )

    def _due(self) -> ByReading | ByOwnDay | ByReceipt | ByNoDay | None:
        choice = self.values["due"]
        if choice == "own":
            on = self.typed.day("own", is_ahead=True)
            at = self.typed.clock("own_time")
            if on is None:
                self.problems.setdefault("own", "เลือก “กำหนดวันเอง” แล้ว โปรดพิมพ์วันที่")
                return None
            return ByOwnDay(on, at)
        if choice == "receipt":
            amount = self.typed.count("amount")
            if amount is None:
                self.problems.setdefault("amount", "โปรดใส่จำนวน")
                return None
            unit = self.values["unit"]
            working = unit == "working_day"
            return ByReceipt(amount, "day" if working else unit, working_days=working)
        if choice.startswith("reading-") and choice.removeprefix("reading-").isdigit():
            return ByReading(int(choice.removeprefix("reading-")[:4]))
        return ByNoDay() if choice == "none" else None

    def refuse(self, refused: Refused) -> None:
        field = str(refused.facts.get("field", ""))
        if field in self.values:
            self.problems[field] = refused.message
        else:
            self.refused = refused.message


def _day(given: str | None) -> date | None:
    return date.fromisoformat(given) if given else None


def _kept(row: "Obligation | None") -> dict[str, str]:
    values = dict.fromkeys(
        ("ask", "text", "to", "by_way_of", "own", "own_time", "amount", "unit"), ""
    )
    values |= {"ask": Ask.ACT.value, "due": "none", "unit": "day"}
    if row is None:
        return values
    values |= {"ask": row.ask, "text": row.text, "to": row.to, "by_way_of": row.by_way_of}
    values["due"] = _kept_choice(row)
    if values["due"] == "own" and row.due_on is not None:
        values["own"] = format_date(row.due_on, style="short")
        values["own_time"] = f"{row.due_time:%H.%M}" if row.due_time else ""
    if row.counts_amount:
        values["amount"] = str(row.counts_amount)
        values["unit"] = "working_day" if row.counts_working_days else row.counts_unit or "day"
    return values


def _kept_choice(row: "Obligation") -> str:
    if row.counts_from == CountsFrom.RECEIPT:
        return "receipt"
    if row.due_on is None:
        return "none"
    closes = row.due_on.isoformat()
    opens = row.opens_on.isoformat() if row.opens_on else None
    for at, one in enumerate(row.readings):
        if (one.get("opens"), one.get("closes")) == (opens, closes) and (
            one.get("reason") == row.due_reason
        ):
            return f"reading-{at}"
    is_own = not row.due_words or (row.opens_on is None and not row.due_rule)
    return "own" if is_own else "same"
