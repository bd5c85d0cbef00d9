"""A letter as DOCX, for offices that go on writing it in Word or LibreOffice."""

from thamthan.writing.letters import OutgoingLetter
from thamthan.writing.wording import check_writable


def write_letter_docx(letter: OutgoingLetter, *, emblem: bytes | None = None) -> bytes:
    """เขียนหนังสือเป็น DOCX: the same letter, to be changed by hand in Word or LibreOffice.

    Asks for TH SarabunPSK; a machine without it shows another face. `emblem` is a PNG or JPEG.
    Refuses what `write_letter` refuses. Does not break lines: the program that opens it does.
    """
    check_writable(letter)
    # Loading what knows Word's format takes a while, and most letters go out as PDF.
    from thamthan.writing.word_letter import letter_in_word

    return letter_in_word(letter, emblem)
