"""A row of the table of addresses: one address, and what each of four people is answered."""

from dataclasses import dataclass, field
from typing import Any

TO_LOG_IN = 302
OPEN = 200


@dataclass(frozen=True)
class Row:
    """One address, and what each of four people is answered."""

    name: str
    nobody: int
    stranger: int
    wrong: int
    right: int
    wrong_post: str = "administrator"
    right_post: str = "clerk"
    posts: bool = False
    form: dict[str, Any] = field(default_factory=dict)
    # What the address names, by its name in the world: {"code": "nong_kapu.code"}.
    kwargs: dict[str, str] = field(default_factory=dict)
