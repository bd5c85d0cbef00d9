"""The addresses of evidence, and of files that come in by pieces."""

from typing import Any

from tests.projects.evidence import attached, under_way
from tests.url_rows import OPEN, TO_LOG_IN, Row
from tests.world import World
from thamthan.projects.models import Evidence
from thamthan.records.uploading import begin_upload

# A stranger sees no project of ours, and so none of its evidence; the author cannot judge.
ROWS = [
    # To a program a page to log in is of no use; without the words of its protocol it is refused.
    Row("uploads", 401, 412, 412, 412, posts=True),
    Row("upload", 401, 412, 412, 412, posts=True),
    Row("project-evidence", TO_LOG_IN, 404, 404, OPEN),
    Row("project-evidence-new", TO_LOG_IN, 404, 404, OPEN),
    Row("evidence-judging", TO_LOG_IN, OPEN, 403, OPEN),
    Row("evidence", TO_LOG_IN, 404, 404, OPEN),
    Row("evidence-picture", TO_LOG_IN, 404, 404, OPEN),
    Row("evidence-file", TO_LOG_IN, 404, 404, OPEN),
    Row(
        "evidence-judge", TO_LOG_IN, 404, 403, 302, posts=True, wrong_post="officer",
        form={"verdict": "adequate"},
    ),
    Row("evidence-withdrawal", TO_LOG_IN, 404, 404, 302, posts=True),
    # It was not sent back.
    Row("evidence-explanation", TO_LOG_IN, 404, 404, 409, posts=True),
]  # fmt: skip


def keys(name: str, world: World) -> dict[str, Any]:
    """The one piece of evidence, which the officer attached; an upload of the clerk's."""
    if name in {"uploads", "evidence-judging"}:
        return {}
    if name == "upload":
        return {"ref": begin_upload("สวน.jpg", size=1, by=world.clerk).ref}
    evidence = Evidence.objects.first() or attached(under_way(world.clerk), world.officer)
    if name.startswith("project-"):
        return {"pk": evidence.project_id}
    return {"pk": evidence.pk} | ({"side": 480} if name == "evidence-picture" else {})
