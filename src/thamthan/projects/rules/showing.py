"""What of a project's words a citizen may read: never a number or a name of one person."""

from thamthan.reading.private import private_words
from thamthan.thai.person_names import person_names

COVERED = "[ไม่เผยแพร่]"
# More of one section than this is no plain language.
MOST_SHOWN = 3000
# What was covered changes what stands beside it; names beside names are found in a few looks.
_MOST_LOOKS = 4


def without_private(text: str) -> str:
    """ข้อความที่เผยแพร่ได้: telephones, e-mail, numbers of persons and of accounts, and names covered.

    Numbers by their shapes; names with a title, or by the lists of Thai names: rather a word too
    many than a person's name too few. Whoever publishes looks at what will be shown first.
    """
    shown = text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN].rstrip() + " …"
    for _ in range(_MOST_LOOKS):
        before, shown = shown, _covered(shown)
        if shown == before:
            break
    return shown


def _covered(shown: str) -> str:
    places = [(one.start, one.end) for one in private_words(shown)]
    places += person_names(shown)
    told, at = [], 0
    for start, end in sorted(places):
        if end <= at:
            continue
        if start >= at:
            told += [shown[at:start], COVERED]
        at = end
    return "".join(told) + shown[at:]
