"""แบบโครงการ: what a project of one kind of measure usually says, for an officer to edit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from thamthan.thai.text import fold

# What an officer has still to fill in, as letters have it too.
BLANK = "……"
_HOUSE = "{หน่วยงาน}"


@dataclass(frozen=True, slots=True)
class TemplateStep:
    """ขั้นตอนในแบบ: how many months after the beginning it begins, and how many it lasts."""

    name: str
    month: int
    months: int
    is_milestone: bool = False


@dataclass(frozen=True, slots=True)
class ProjectTemplate:
    """แบบโครงการหนึ่งแบบ; `called` are the words by which a clause suggests it."""

    key: str
    pillar: str
    name: str
    hint: str
    title: str
    mark: str
    called: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    groups: tuple[tuple[str, str], ...] = ()
    steps: tuple[TemplateStep, ...] = ()
    asks: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)

    def worded(self, house: str) -> dict[str, str]:
        """Its sections with the name of the house that writes."""
        return {name: text.replace(_HOUSE, house) for name, text in self.sections.items()}


def suggested_for(templates: Iterable[ProjectTemplate], text: str) -> tuple[ProjectTemplate, ...]:
    """แบบที่ตรงกับถ้อยคำ: those whose words stand in the text, the most of them first."""
    folded = fold(text)
    scored = []
    for at, template in enumerate(templates):
        # A long word says more than a short one that many share.
        score = sum(len(word) for word in template.called if fold(word) in folded)
        if score:
            scored.append((-score, at, template))
    return tuple(template for *_, template in sorted(scored, key=lambda one: one[:2]))


def has_blanks(text: str) -> bool:
    """ยังมีช่องให้เติม: whether dots of a template still wait for words."""
    return BLANK in text
