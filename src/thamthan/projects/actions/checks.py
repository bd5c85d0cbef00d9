"""Whether a post may do this at all, and a project taken for oneself before it is changed."""

from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.projects.models import Project
from thamthan.projects.rules import ProjectState


def check_works(by: Post) -> None:
    """Refuse unless this post carries out work for its house."""
    if not by.has_duty(Duty.ANSWER_ORDERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ทำโครงการ", code="not_allowed", status=403)


def check_decides(by: Post) -> None:
    """Refuse unless this post decides for its house: head, chief clerk, executive, or clerk."""
    if not by.has_duty(Duty.ORDER):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่พิจารณาโครงการ", code="not_allowed", status=403)


def check_own_project(project: Project, by: Post) -> None:
    """Refuse unless the project is of this post's own house."""
    if project.organisation.path != by.organisation.house_path:
        raise Refused("โครงการนี้เป็นของหน่วยงานอื่น", code="foreign_project", status=403)


def locked_project(project: Project, *, by: Post, seen_version: int | None = None) -> Project:
    """The project of one's own house, locked; refused where it changed since it was seen."""
    check_works(by)
    # Alone, without what hangs on it; and without its key, so that rows that point at it wait not.
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    locked = Project.objects.select_related("organisation", "unit").get(pk=project.pk)
    check_own_project(locked, by)
    if seen_version is not None and locked.version != seen_version:
        raise Refused("มีผู้แก้โครงการนี้ไปแล้วระหว่างที่ท่านเปิดอยู่ ยังไม่ได้บันทึกของท่าน", code="changed_meanwhile")
    return locked


def check_live(project: Project) -> None:
    """Refuse for a project that is finished or given up."""
    if project.state in {ProjectState.FINISHED, ProjectState.CANCELLED}:
        raise Refused(
            f"โครงการนี้{ProjectState(project.state).label}แล้ว จึงแก้ไม่ได้", code="project_closed"
        )
