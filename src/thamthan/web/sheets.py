"""A form as a person meets it: its fields in order, what was typed, what is wrong, nothing lost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils import timezone

from thamthan.errors import Refused
from thamthan.web.typed import Typed


@dataclass(frozen=True, slots=True)
class Field:
    """หนึ่งช่อง: its name in the form, its words, its value, and what is wrong with it."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    kind: str = "text"
    choices: tuple[tuple[str, str], ...] = ()
    most: int = 200
    is_needed: bool = True
    problem: str = ""

    @property
    def is_ticked(self) -> bool:
        return bool(self.value)

    @property
    def described_by(self) -> str:
        """The ids of the words that belong to the field, for those who hear the page."""
        parts = [(self.hint, "hint"), (self.problem, "wrong")]
        return " ".join(f"{self.name}-{part}" for words, part in parts if words)


class Sheet:
    """แบบฟอร์ม: made anew for each request, from what is kept or from what was typed."""

    def __init__(self, fields: Iterable[Field], posted: Mapping[str, str] | None) -> None:
        self._fields = tuple(fields)
        kept = {field.name: field.value for field in self._fields}
        values = kept if posted is None else {name: posted.get(name, "") for name in kept}
        self.typed = Typed(values, near=timezone.localdate())
        self.refused = ""

    @property
    def fields(self) -> list[Field]:
        return [
            replace(
                field,
                value=self.typed.values[field.name],
                problem=self.typed.problems.get(field.name, ""),
            )
            for field in self._fields
        ]

    @property
    def problems(self) -> list[Field]:
        """The fields with something wrong, for the sum at the top of the page."""
        return [field for field in self.fields if field.problem]

    @property
    def is_wrong(self) -> bool:
        return bool(self.problems or self.refused)

    def words(self, name: str) -> str:
        return self.typed.words(name)

    def refuse(self, refusal: Refused) -> None:
        """Put a refusal beside the field it is about, or at the top; a missing right is a page."""
        if refusal.status == 403:
            raise refusal
        field = str(refusal.facts.get("field", ""))
        if field in self.typed.values:
            self.typed.problems[field] = refusal.message
        else:
            self.refused = refusal.message

    def need(self, *names: str) -> None:
        """Say of each of these that is empty that it must be filled in."""
        for name in names:
            if not self.words(name) and name not in self.typed.problems:
                self.typed.problems[name] = "โปรดกรอกช่องนี้"
