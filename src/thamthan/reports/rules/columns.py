"""Columns of a table that a form asks for."""

from dataclasses import dataclass

from django.db import models


class ColumnKind(models.TextChoices):
    """ชนิดของสดมภ์ในตาราง."""

    TEXT = "text", "ข้อความ"
    NUMBER = "number", "จำนวน"
    MONEY = "money", "จำนวนเงิน (บาท)"
    DATE = "date", "วันที่"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """สดมภ์หนึ่งของคำถามที่เป็นตาราง; `is_summed` gives it a sum below."""

    key: str
    text: str
    kind: ColumnKind = ColumnKind.TEXT
    unit: str = ""
    is_summed: bool = False

    def as_json(self) -> dict[str, object]:
        """As a question keeps it."""
        return {
            "key": self.key,
            "text": self.text,
            "kind": self.kind.value,
            "unit": self.unit,
            "sum": self.is_summed,
        }
