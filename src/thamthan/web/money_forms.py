"""Forms of money: what each deed asks for, what was typed, and what must be confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from thamthan.errors import Refused
from thamthan.projects.rules import BahtRead, read_baht
from thamthan.web.typed import Typed, press_typed, whole_typed


@dataclass(frozen=True, slots=True)
class MoneyField:
    """หนึ่งช่อง of a form of money."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    problem: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_needed: bool = True
    is_short: bool = False

    @property
    def options(self) -> SafeString:
        """The choices as a list of a browser: hundreds of lines are put together at once."""
        chosen = (
            (value, " selected" if value == self.value else "", words)
            for value, words in self.choices
        )
        return format_html_join("", '<option value="{}"{}>{}</option>', chosen)


@dataclass(frozen=True, slots=True)
class MoneyForm:
    """แบบฟอร์มของสิ่งที่ทำกับเงินหนึ่งอย่าง: the deed, what it is done to, its fields, its button."""

    deed: str
    key: str
    title: str
    button: str
    fields: tuple[MoneyField, ...]
    hidden: tuple[tuple[str, str], ...] = ()
    is_open: bool = False
    # What it is done to, where the form stands apart from its row.
    of: str = ""
    press: str = field(default_factory=lambda: str(uuid4()))

    @property
    def name(self) -> str:
        """Unique on the page: the ids of its fields begin with it."""
        return f"{self.deed}-{self.key}"


@dataclass(frozen=True, slots=True)
class Confirming:
    """สิ่งที่ต้องยืนยัน: the doubts in words, and all that was typed, to be sent a second time."""

    doubts: tuple[str, ...]
    given: tuple[tuple[str, str], ...]


class Posted:
    """What was typed into one form of money; a refusal names the field it is about."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self._typed = Typed(values, near=timezone.localdate())

    def words(self, name: str) -> str:
        return self._typed.words(name)

    def key(self, name: str) -> int | None:
        """The key of a row; none where none was chosen or it is no key."""
        return whole_typed(self.words(name))

    def amount(self, name: str = "amount") -> BahtRead:
        return read_baht(self.words(name))

    def satang(self, name: str) -> int | None:
        """An amount in satang that the page itself put there."""
        return self.key(name)

    def day(self, name: str = "on") -> date:
        day = self._typed.day(name)
        if name in self._typed.problems:
            raise Refused(self._typed.problems[name], code="wrong_day", status=400, field=name)
        if day is None:
            raise Refused("โปรดบอกวันที่ เช่น 15 มี.ค. 69", code="no_day", status=400, field=name)
        return day

    def press(self) -> UUID:
        """This press; another one where the form lost it."""
        return press_typed(self.words("press")) or uuid4()

    def sure_of(self) -> set[str]:
        """The marks of what the person has confirmed."""
        return set(self.values.get("sure", "").split("|"))


def confirming(refused: Refused, values: Mapping[str, str]) -> Confirming | None:
    """ยืนยันว่าถูกต้อง: what a second press confirms, where the first was refused for its doubts."""
    doubts = refused.facts.get("doubts")
    if refused.code != "unsure" or not isinstance(doubts, list):
        return None
    marks = [values.get("sure", ""), *(doubt["mark"] for doubt in doubts)]
    left_out = {"csrfmiddlewaretoken", "sure"}
    given = [(name, value) for name, value in values.items() if name not in left_out]
    return Confirming(
        doubts=tuple(doubt["words"] for doubt in doubts),
        given=(*given, ("sure", "|".join(mark for mark in marks if mark))),
    )
