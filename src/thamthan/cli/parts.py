"""Which optional parts this machine has, and how to turn on those that it lacks."""

import shutil
from dataclasses import dataclass

from django.db import connection

from thamthan.reading.ocr.language import has_packages, is_available


@dataclass(frozen=True, slots=True)
class OptionalPart:
    """One optional part: whether it is on, a line that says so, and how to turn it on."""

    name: str
    is_on: bool
    words: str
    how: str = ""


def optional_parts() -> tuple[OptionalPart, ...]:
    """ส่วนเสริม: OCR, PostgreSQL and Chromium, each on or off here today."""
    return _ocr(), _postgresql(), _chromium()


def _ocr() -> OptionalPart:
    if is_available():
        return OptionalPart(
            name="OCR",
            is_on=True,
            words="OCR: เปิด อ่านสแกนและภาพได้ / on: scans and pictures are read",
        )
    off = "OCR: ปิด สแกนและภาพรับเข้าได้ แล้วพิมพ์เอง / off: scans and pictures are kept and typed in"
    how = (
        "sudo apt install tesseract-ocr-tha tesseract-ocr-eng"
        if has_packages()
        else "pip install 'thamthan[ocr]'"
    )
    return OptionalPart(name="OCR", is_on=False, words=off, how=how)


def _postgresql() -> OptionalPart:
    if connection.vendor == "postgresql":
        return OptionalPart(name="PostgreSQL", is_on=True, words="PostgreSQL: เปิด / on")
    return OptionalPart(
        name="PostgreSQL",
        is_on=False,
        words="PostgreSQL: ปิด ใช้ SQLite / off: SQLite keeps the records",
        how="THAMTHAN_DATABASE_URL=postgresql://USER:PASSWORD@HOST/NAME",
    )


def _chromium() -> OptionalPart:
    if any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        return OptionalPart(
            name="Chromium", is_on=True, words="Chromium: มี / found (browser tests)"
        )
    return OptionalPart(
        name="Chromium",
        is_on=False,
        words="Chromium: ไม่มี ใช้เฉพาะการทดสอบหน้าเว็บ / not found; only browser tests use it",
        how="sudo apt install chromium fonts-thai-tlwg",
    )
