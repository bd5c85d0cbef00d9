"""What a report says, as it is sent: every answer by its question, and the hash of the whole."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from thamthan.projects.rules import Doubt
from thamthan.reports.models import Answer, Question


def content_of(
    answered: Iterable[tuple[Question, Answer]],
    *,
    nil_why: str | None = None,
    unsure: Mapping[int, Sequence[Doubt]] | None = None,
) -> dict[str, Any]:
    """เนื้อหาของรายงาน as it stands now: every answer by the key of its question, in their order.

    With each number what looked wrong about it: what a person confirmed, and what nobody did
    (`unsure`, by question).
    """
    open_doubts = unsure or {}
    return {
        "nil": nil_why is not None,
        "why": nil_why or "",
        "answers": {
            question.key: {
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
            for question, answer in answered
        },
    }


def hash_of(content: Mapping[str, Any]) -> str:
    """ลายนิ้วมือของเนื้อหา: SHA-256 of it as JSON with sorted keys, so that it can be recomputed."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()
