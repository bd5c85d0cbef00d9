"""Templates of projects as the data file has them, read once."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from thamthan.projects.rules.templates import ProjectTemplate, TemplateStep

# Our own words, inferred from what the measures ask; no office gave them.
_OWN = "I"


@cache
def shipped_templates() -> tuple[ProjectTemplate, ...]:
    """แบบโครงการที่มากับระบบ, in the order of the two pillars."""
    content = (files("thamthan") / "data" / "project_templates.toml").read_bytes()
    return tuple(_template(row) for row in tomllib.loads(content.decode())["template"])


def template_named(key: str) -> ProjectTemplate | None:
    """แบบโครงการชื่อนี้; none where there is none."""
    return next((one for one in shipped_templates() if one.key == key), None)


def _template(row: Mapping[str, Any]) -> ProjectTemplate:
    return ProjectTemplate(
        key=row["key"],
        pillar=row["pillar"],
        name=row["name"],
        hint=row["hint"],
        title=row["title"],
        mark=row.get("mark", _OWN),
        called=tuple(row["called"]),
        indicators=tuple(row["indicators"]),
        groups=tuple((one["name"], one["unit"]) for one in row["groups"]),
        steps=tuple(
            TemplateStep(one["name"], one["month"], one["months"], one.get("is_milestone", False))
            for one in row["steps"]
        ),
        asks=row["asks"],
        sections=row["sections"],
    )
