"""The lists that come with the product: policies and indicators, funding channels, report forms."""

from typing import TYPE_CHECKING

from django.utils import timezone

from thamthan.directives.actions import load_policies
from thamthan.directives.listed import shipped_policies
from thamthan.projects.actions import load_channels
from thamthan.projects.rules import shipped_channels
from thamthan.reports.actions import load_shipped_forms

if TYPE_CHECKING:
    from thamthan.organisations.models import Post


def load_shipped_lists(*, by: "Post") -> None:
    """นำเข้าบัญชีที่มากับระบบ: writes what is new or differs, and nothing the second time."""
    load_policies(shipped_policies(), by=by, write_it=True)
    load_channels(shipped_channels(), by=by, on=timezone.localdate(), write_it=True)
    load_shipped_forms(by=by)
