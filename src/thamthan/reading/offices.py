"""ตราของใคร: of several receipt stamps on one letter, the one of the office that it is for."""

import re
from collections.abc import Sequence

from thamthan.reading.names import Known
from thamthan.reading.stamp import Stamp
from thamthan.thai.text import fold, repair

# A letter goes down the tree, and each office presses its stamp: the lowest is the last.
_LEVELS = (
    re.compile("องค์การบริหารส่วนต|อบต|เทศบาล|โรงเรียน|โรงพยาบาลส่งเสริม"),
    re.compile("อำเภอ"),
    re.compile("จังหวัด|ศาลากลาง|องค์การบริหารส่วนจ|อบจ"),
    re.compile("กรม|สำนักงานคณะกรรมการ"),
    re.compile("กระทรวง|สำนักนายก"),
)
_PLACE = re.compile(
    r"(?:องค์การบริหารส่วน(?:ตำบล|จังหวัด)|เทศบาล(?:นคร|เมือง|ตำบล)|โรงเรียน|อำเภอ|จังหวัด)[ก-๎]{2,}"
)


def own_stamp(stamps: Sequence[Stamp], *, addressed: Sequence[str], known: Known | None) -> Stamp:
    """ตราของหน่วยงานผู้รับ: by the reader's own name, else the addressee's, else the lowest level.

    Of two that speak for themselves alike the later one is taken: an office stamps a letter after
    those that sent it on.
    """
    own = fold(known.own_name) if known and known.own_name else ""
    people = [fold(words) for words in addressed]

    def weight(which: int) -> tuple[bool, bool, int, int]:
        cell = stamps[which].organisation
        name = repair(cell.text) if cell else ""
        bare = fold(name)
        is_own = bool(own and bare) and (bare in own or own in bare)
        places = [fold(place) for place in _PLACE.findall(name)]
        is_addressed = any(place in words for place in places for words in people)
        return is_own, is_addressed, _depth(name), which

    return stamps[max(range(len(stamps)), key=weight)]


def _depth(name: str) -> int:
    """How far down the tree an office stands by its name; one without a name stands above all."""
    for depth, level in enumerate(_LEVELS):
        if level.search(name):
            return len(_LEVELS) - depth
    return 2 if name.strip(" .…_") else 0
