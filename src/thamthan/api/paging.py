"""Lists come in pages: which page is asked for, and what is told about the whole."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from ninja import Field, Schema

Row = TypeVar("Row", bound=Model)
Line = TypeVar("Line")


class PageWanted(Schema):
    """หน้าที่ขอ; the first is 1."""

    page: int = Field(1, ge=1, le=100_000)
    page_size: int = Field(50, ge=1, le=200)


def page_of(rows: QuerySet[Row], wanted: PageWanted) -> tuple[list[Row], dict[str, Any]]:
    """The rows of one page, and the count, page and page size to tell beside them."""
    first = (wanted.page - 1) * wanted.page_size
    told = {"count": rows.count(), "page": wanted.page, "page_size": wanted.page_size}
    return list(rows[first : first + wanted.page_size]), told


def page_of_lines(lines: Sequence[Line], wanted: PageWanted) -> tuple[list[Line], dict[str, Any]]:
    """As `page_of`, of what is no table: lines that are gathered before they are counted."""
    first = (wanted.page - 1) * wanted.page_size
    told = {"count": len(lines), "page": wanted.page, "page_size": wanted.page_size}
    return list(lines[first : first + wanted.page_size]), told
