"""A country of the real size: from official lists where they are given, else an invented one."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone

from thamthan.cli.demo import ministry_list
from thamthan.errors import NotFound, Refused
from thamthan.organisations.actions import load_boundaries, load_organisations
from thamthan.organisations.queries import system_post_of
from thamthan.organisations.rules import INSTALLATION

LISTS = ("provinces.csv", "districts.csv", "lao.csv")
MAPS = ("provinces.geojson", "districts_all.geojson", "subdistricts_76.geojson")
# As many as the country has (official lists of 2565): 76 provinces, 878 districts, 7,850 อปท.
PROVINCES, DISTRICTS_EACH, LAOS_EACH = 76, 12, 103


def seed_nation(folder: Path | None) -> None:
    """ใส่ประเทศทั้งประเทศ: the lists of this folder with their outlines, or an invented country.

    Safe to repeat: what is there already stays as it is. An invented country gets codes that no
    real organisation has, so that it never mixes with real ones.
    """
    if folder is None:
        _load(_invented())
        return
    missing = [name for name in LISTS if not (folder / name).is_file()]
    if missing:
        raise Refused(f"ไม่พบไฟล์ {' '.join(missing)} ในโฟลเดอร์นี้", code="no_lists", status=400)
    for name in LISTS:
        _load((folder / name).read_bytes())
    for name in MAPS:
        if (folder / name).is_file():
            load_boundaries((folder / name).read_bytes(), by=system_post_of(), write_it=True)


def _load(content: bytes) -> None:
    today = timezone.localdate()
    try:
        system = system_post_of()
    except NotFound:
        load_organisations(
            content, by=INSTALLATION, as_of=today, write_it=True, before=ministry_list()
        )
    else:
        load_organisations(content, by=system, as_of=today, write_it=True)


def _invented() -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("code", "name", "short_name", "level", "lao_kind", "parent"))
    writer.writerows(_rows())
    return out.getvalue().encode("utf-8")


def _rows() -> Iterator[tuple[str, str, str, str, str, str]]:
    for province in range(1, PROVINCES + 1):
        code = f"X{province:02}"
        name = f"จังหวัดสมมุติ {province}"
        yield code, name, f"จ.สมมุติ {province}", "province", "", "MOI"
        districts = [f"{code}{number:02}" for number in range(1, DISTRICTS_EACH + 1)]
        for number, district in enumerate(districts, start=1):
            words = f"สมมุติ {province}.{number}"
            yield district, f"อำเภอ{words}", f"อ.{words}", "district", "", code
        for number in range(1, LAOS_EACH + 1):
            parent = districts[number % len(districts)]
            words = f"สมมุติ {province}.{number}"
            is_town = number % 4 == 0
            kind = "subdistrict_municipality" if is_town else "sao"
            long, short = ("เทศบาลตำบล", "ทต.") if is_town else ("องค์การบริหารส่วนตำบล", "อบต.")
            yield f"{code}-{number:03}", f"{long}{words}", f"{short}{words}", "lao", kind, parent
