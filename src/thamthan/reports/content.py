"""What a report says, as it is sent: every answer by its question, and the hash of the whole."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from thamthan.projects.rules import Doubt
from thamthan.reports.models import Report


def content_of(
    report: Report,
    *,
    nil_why: str | None = None,
    unsure: Mapping[int, Sequence[Doubt]] | None = None,
) -> dict[str, Any]:
    """เนื้อหาของรายงาน as it stands now: every answer by the key of its question.

    With each number what looked wrong about it: what a person confirmed, and what nobody did
    (`unsure`, by question).
    """
    open_doubts = unsure or {}
    return {
        "nil": nil_why is not None,
        "why": nil_why or "",
        "answers": {
            answer.question.key: {
                "standing": answer.standing,
                "value_milli": answer.value_milli,
                "of_milli": answer.of_milli,
                "text": answer.text,
                "rows": answer.rows,
                "sources": answer.sources,
                "typed": answer.is_typed,
                "warned": [
                    *({"words": one["words"], "sure": True} for one in answer.warned),
                    *(
                        {"words": one.words, "sure": False}
                        for one in open_doubts.get(answer.question_id, ())
                    ),
                ],
            }
            for answer in report.answers.select_related("question").order_by("question__position")
        },
    }


def hash_of(content: Mapping[str, Any]) -> str:
    """ลายนิ้วมือของเนื้อหา: SHA-256 of it as JSON with sorted keys, so that it can be recomputed."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()
