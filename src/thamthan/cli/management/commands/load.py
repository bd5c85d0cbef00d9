"""`thamthan load organisations|boundaries|policies|channels|forms FILE`: shown, then written."""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from thamthan.cli.demo import ministry_list
from thamthan.cli.speaking import FIRST_BUDDHIST_YEAR, SpeakingCommand, content_of_file
from thamthan.directives.actions import load_policies
from thamthan.directives.listed import read_policies, shipped_policies
from thamthan.errors import NotFound, Refused
from thamthan.organisations.actions import load_boundaries, load_organisations
from thamthan.organisations.queries import system_post_of
from thamthan.organisations.rules import INSTALLATION
from thamthan.projects.actions import load_channels
from thamthan.projects.rules import read_channels, shipped_channels
from thamthan.reports.actions import load_report_form, load_shipped_forms
from thamthan.thai.dates import from_be
from thamthan.thai.digits import to_arabic

if TYPE_CHECKING:
    from thamthan.directives.actions import PoliciesLoaded
    from thamthan.organisations.imports import BoundaryPreview, ListPreview
    from thamthan.organisations.lists import RefusedRow
    from thamthan.projects.actions import ChannelsLoaded

_SHOWN = 20


class Command(SpeakingCommand):
    """นำเข้าบัญชีหน่วยงาน แนวเขต หรือนโยบายและตัวชี้วัด."""

    help = "Compares an official list with what is kept; with --write, takes it over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what",
            choices=["organisations", "boundaries", "policies", "channels", "forms"],
        )
        parser.add_argument(
            "file",
            nargs="?",
            help="CSV of organisations, GeoJSON of boundaries, or TOML of policies and indicators;"
            " or of funding channels; without one, those that come with the product",
        )
        parser.add_argument("--write", action="store_true", help="take the list over")
        parser.add_argument(
            "--as-of", metavar="YYYY-MM-DD", help="the day from which changes hold; else today"
        )

    def handle(
        self,
        *args: Any,
        what: str,
        file: str | None,
        write: bool,
        as_of: str | None,
        **options: Any,
    ) -> None:
        if what == "policies":
            given = shipped_policies() if file is None else read_policies(content_of_file(file))
            self._say(_policy_lines(load_policies(given, by=system_post_of(), write_it=write)))
            self._say_whether(write)
            return
        if what == "forms":
            # A version of a form never changes: what is there already stays, and nothing is lost.
            by = system_post_of()
            new = (
                load_shipped_forms(by=by)
                if file is None
                else int(load_report_form(content_of_file(file), by=by) is not None)
            )
            self.stdout.write(f"แบบรายงานใหม่ {new} แบบ")
            return
        if what == "channels":
            self._say(
                _channel_lines(_load_channels(file, as_of=_day_or_today(as_of), write_it=write))
            )
            self._say_whether(write)
            return
        if file is None:
            raise Refused("โปรดบอกไฟล์ที่จะนำเข้า", code="no_file", status=400)
        content = content_of_file(file)
        if what == "boundaries":
            self._say(
                _boundary_lines(load_boundaries(content, by=system_post_of(), write_it=write))
            )
        else:
            day = _day_or_today(as_of)
            self._say(_list_lines(_load(content, as_of=day, write_it=write)))
        self._say_whether(write)

    def _say_whether(self, write: bool) -> None:
        self.stdout.write("บันทึกแล้ว" if write else "ยังไม่ได้บันทึก หากถูกต้องให้สั่งซ้ำพร้อม --write")

    def _say(self, lines: Iterator[str]) -> None:
        for line in lines:
            self.stdout.write(line)


def _load(content: bytes, *, as_of: date, write_it: bool) -> "ListPreview":
    try:
        system = system_post_of()
    except NotFound:
        # The first list of an installation brings the root of its tree along.
        return load_organisations(
            content, by=INSTALLATION, as_of=as_of, write_it=write_it, before=ministry_list()
        )
    return load_organisations(content, by=system, as_of=as_of, write_it=write_it)


def _load_channels(file: str | None, *, as_of: date, write_it: bool) -> "ChannelsLoaded":
    rows = shipped_channels() if file is None else read_channels(content_of_file(file))
    return load_channels(rows, by=system_post_of(), on=as_of, write_it=write_it)


def _channel_lines(told: "ChannelsLoaded") -> Iterator[str]:
    yield (
        f"ใหม่ {len(told.new)} · เปลี่ยน {len(told.changed)} · เหมือนเดิม {told.same} · "
        f"ไม่มีในไฟล์ {len(told.missing)}"
    )
    yield from _some([f"  ใหม่ {words}" for words in told.new])
    yield from _some([f"  เปลี่ยน {words}" for words in told.changed])
    yield from _some([f"  ไม่มีในไฟล์ {words} (คงไว้ตามเดิม)" for words in told.missing])


def _day_or_today(words: str | None) -> date:
    return _day(words) if words else timezone.localdate()


def _day(words: str) -> date:
    try:
        year, month, day = (int(part) for part in to_arabic(words).split("-"))
        return from_be(year, month, day) if year >= FIRST_BUDDHIST_YEAR else date(year, month, day)
    except ValueError:
        raise Refused(f"“{words}” ไม่ใช่วันที่ เช่น 2026-03-20", code="bad_day", status=400) from None


def _list_lines(told: "ListPreview") -> Iterator[str]:
    yield (
        f"ใหม่ {len(told.new)} · เปลี่ยน {len(told.changed)} · ยุบเลิก {len(told.closed)} · "
        f"เหมือนเดิม {told.same} · ไม่มีในบัญชี {len(told.missing)} · รับไม่ได้ {len(told.refused)}"
    )
    yield from _some(
        [
            f"  เปลี่ยน {change.organisation.code} {change.organisation.name}: "
            + "; ".join(f"{each.label} “{each.old}” → “{each.new}”" for each in change.fields)
            for change in told.changed
        ]
    )
    yield from _some(
        [f"  ยุบเลิก {each.organisation.code} {each.organisation.name}" for each in told.closed]
    )
    yield from _some([f"  ไม่มีในบัญชี {each.code} {each.name} (คงไว้ตามเดิม)" for each in told.missing])
    yield from _refused_lines(told.refused)


def _policy_lines(told: "PoliciesLoaded") -> Iterator[str]:
    yield (
        f"ใหม่ {len(told.new)} · เปลี่ยน {len(told.changed)} · เหมือนเดิม {told.same} · "
        f"รับไม่ได้ {len(told.unknown)}"
    )
    yield from _some([f"  ใหม่ {line}" for line in told.new])
    yield from _some([f"  เปลี่ยน {line}" for line in told.changed])
    yield from _some([f"  รับไม่ได้ {line} ไม่พบในระบบ" for line in told.unknown])


def _boundary_lines(told: "BoundaryPreview") -> Iterator[str]:
    yield (
        f"ใหม่ {told.new} · เปลี่ยน {len(told.changed)} · เหมือนเดิม {told.same} · "
        f"รับไม่ได้ {len(told.refused)}"
    )
    yield from _some([f"  เปลี่ยน {name}" for name in told.changed])
    yield from _refused_lines(told.refused)


def _refused_lines(refused: Sequence["RefusedRow"]) -> Iterator[str]:
    yield from _some([f"  รับไม่ได้ บรรทัด {row.line}: {row.reason}" for row in refused])


def _some(lines: list[str]) -> Iterator[str]:
    yield from lines[:_SHOWN]
    if len(lines) > _SHOWN:
        yield f"  และอีก {len(lines) - _SHOWN} รายการ"
