"""Which of its tasks a house looks at."""

from django.db import models


class TaskShow(models.TextChoices):
    """งานที่แสดง: what still waits for an answer, or one part of all."""

    OPEN = "open", "ที่ต้องทำ"
    NEW = "new", "ยังไม่รับ"
    UNDER_WAY = "under_way", "กำลังทำ"
    LATE = "late", "เลยกำหนด"
    RETURNED = "returned", "ส่งกลับ"
    ANSWERED = "answered", "ส่งแล้ว รอพิจารณา"
    DONE = "done", "เสร็จแล้ว"
