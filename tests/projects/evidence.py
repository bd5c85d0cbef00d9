"""Evidence for the tests: photographs as a telephone takes them, and as people send them on."""

from functools import cache
from typing import Any

from PIL import Image

from tests.pictures import CUTS, packed, scene
from tests.projects.projects import approved
from tests.reading.test_photographs import BAN_LAT, exif
from thamthan.organisations.models import Post
from thamthan.projects.actions import attach_evidence
from thamthan.projects.models import Evidence, Project, ProjectPlace
from thamthan.projects.rules import EvidenceKind, PlaceKind

# As `BAN_LAT` says it.
PARK = (13_043_500, 99_917_000)
TAKEN = "2026:03:10 09:15:00"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@cache
def photo(seed: int = 1, *, taken: str = TAKEN, place: Any = "the park", change: str = "") -> bytes:
    """A photograph of a made place, taken at the park; `change` is a name of `tests.pictures`."""
    image: Image.Image = scene(seed, size=(800, 600))
    if change:
        return packed(CUTS[change](image), quality=80)
    where = BAN_LAT if place == "the park" else dict(place or {})
    return packed(image, exif=exif(taken=taken, offset="+07:00", place=where))


def under_way(by: Post, *, has_place: bool = True, **changed: Any) -> Project:
    """An approved project on a park, with the park's place."""
    project = approved(by, **changed)
    if has_place:
        ProjectPlace.objects.create(
            project=project,
            kind=PlaceKind.POINT,
            name="สวนสาธารณะหมู่ที่ 3",
            latitude_e6=PARK[0],
            longitude_e6=PARK[1],
        )
    return project


def attached(
    project: Project,
    by: Post,
    content: bytes | None = None,
    kind: EvidenceKind = EvidenceKind.AFTER,
    **more: Any,
) -> Evidence:
    """A photograph of the park after the work, as the officer attached it."""
    given = photo() if content is None else content
    return attach_evidence(project, kind, given, by=by, name="IMG_0001.jpg", **more)
