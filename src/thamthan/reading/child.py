"""The process apart in which a file is parsed: bytes come in, JSON goes out, nothing else."""

import json
import sys
from collections.abc import Callable

from thamthan.reading.model import Paper, paper_to_json
from thamthan.reading.parsed import ParsedFile, Unparsed

MOST_MEMORY = 1536 * 1024 * 1024
MOST_SECONDS = 30
# Libraries for pictures reserve much more than they use.
MOST_MEMORY_FOR_PICTURES = 4 * 1024 * 1024 * 1024
MOST_SECONDS_FOR_PICTURES = 240
TOO_LARGE = "กินหน่วยความจำมากผิดปกติ จึงหยุดอ่าน"


def main() -> None:
    """แยกไฟล์: parses what comes in as the kind that the first argument names, and tells."""
    # First the libraries, then the limits: Python may keep what it compiled of them.
    parse = _parser(sys.argv[1])
    _set_limits(reads_pictures=sys.argv[1] in ("scan", "picture"))
    try:
        told = _told(parse(sys.stdin.buffer.read()))
    except Unparsed as refused:
        told = {"why": refused.why, "waits": refused.waits}
    except MemoryError:
        told = {"why": TOO_LARGE, "waits": False}
    json.dump(told, sys.stdout, separators=(",", ":"))


def _parser(kind: str) -> Callable[[bytes], ParsedFile]:
    # Each kind loads its own library only.
    if kind == "pdf":
        from thamthan.reading.portable import parse_pdf

        return parse_pdf
    if kind in ("scan", "picture"):
        from thamthan.reading.ocr import files

        files.warm_up()
        return files.parse_scan if kind == "scan" else files.parse_picture
    from thamthan.reading.wordfile import parse_docx

    return parse_docx


def _told(parsed: ParsedFile) -> dict[str, object]:
    return {
        "pages": [
            {
                "text": page.text,
                # Tenths of a point are finer than anybody can see, and a third of the size.
                "places": [
                    [start, end, *(round(side * 10) for side in box)]
                    for start, end, *box in page.places
                ],
                "doubted": page.doubted,
                "certainty": [round(sure * 100) for sure in page.certainty],
                "paper": paper_to_json(Paper((page.size,), page.marks)),
            }
            for page in parsed.pages
        ],
        "notes": parsed.notes,
        "waits": parsed.waits,
    }


def _set_limits(*, reads_pictures: bool) -> None:
    try:
        import resource
    except ImportError:
        # Windows has no such limits; there the time that the parent gives must do.
        return
    for which, most in (
        ("RLIMIT_AS", MOST_MEMORY_FOR_PICTURES if reads_pictures else MOST_MEMORY),
        ("RLIMIT_CPU", MOST_SECONDS_FOR_PICTURES if reads_pictures else MOST_SECONDS),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CORE", 0),
    ):
        try:
            number = getattr(resource, which)
            _, hard = resource.getrlimit(number)
            if hard != resource.RLIM_INFINITY:
                most = min(most, hard)
            resource.setrlimit(number, (most, most))
        except (AttributeError, ValueError, OSError):
            # macOS knows some of them by name only.
            continue


if __name__ == "__main__":
    main()
