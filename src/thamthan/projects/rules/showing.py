"""What of a project's words a citizen may read: never a number or a name of one person."""

import re

from thamthan.reading.private import private_words

COVERED = "[ไม่เผยแพร่]"
# More of one section than this is no plain language.
MOST_SHOWN = 3000
# Titles of persons before a given name and a family name; posts begin with some of them too.
_POSTS = "ก|อำเภอ|ทะเบียน|ช่าง|จ้าง|หน้า|ตรวจ|ด่าน|ท้าย|กอง|ประกัน|สถานี|เรือ"
_TITLE = (
    r"(?:นางสาว|น\.ส\.|เด็กชาย|เด็กหญิง|ด\.ช\.|ด\.ญ\.|แพทย์หญิง|ดร\.|ว่าที่ร้อย(?:ตรี|โท|เอก)|"
    rf"นาย(?!{_POSTS})|นาง(?!รำ|ฟ้า|งาม))"
)
_NAMED = re.compile(rf"{_TITLE}\s?[ก-ฮเ-ไ][ก-๎]{{1,30}}\s{{1,3}}[ก-ฮเ-ไ][ก-๎]{{1,30}}")


def without_private(text: str) -> str:
    """ข้อความที่เผยแพร่ได้: telephones, e-mail, numbers of persons and of accounts, and names covered.

    By their shapes alone: whoever publishes looks at what will be shown first.
    """
    shown = text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN].rstrip() + " …"
    places = [(one.start, one.end) for one in private_words(shown)]
    places += [found.span() for found in _NAMED.finditer(shown)]
    told, at = [], 0
    for start, end in sorted(places):
        if end <= at:
            continue
        if start >= at:
            told += [shown[at:start], COVERED]
        at = end
    return "".join(told) + shown[at:]
