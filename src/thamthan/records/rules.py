"""The verbs of history, and what history must know of whoever acts."""

from typing import Protocol

from django.db import models


class Verb(models.TextChoices):
    """การกระทำในประวัติ: one word for each thing that can happen to a row."""

    ORGANISATION_CREATED = "organisation:created", "เพิ่มหน่วยงาน"
    ORGANISATION_CHANGED = "organisation:changed", "แก้ไขหน่วยงาน"
    ORGANISATION_CLOSED = "organisation:closed", "ยุบเลิกหน่วยงาน"
    ORGANISATIONS_LOADED = "organisations:loaded", "นำเข้าบัญชีหน่วยงาน"
    BOUNDARIES_LOADED = "boundaries:loaded", "นำเข้าแนวเขต"
    PERSON_CREATED = "person:created", "เพิ่มบุคคล"
    PERSON_CHANGED = "person:changed", "แก้ไขข้อมูลบุคคล"
    PERSON_LOCKED = "person:locked", "ระงับการเข้าใช้ชั่วคราว"
    PERSON_UNLOCKED = "person:unlocked", "ปลดระงับการเข้าใช้"
    PASSWORD_CHANGED = "person:password", "เปลี่ยนรหัสผ่าน"
    POST_GIVEN = "post:given", "แต่งตั้ง"
    POST_ENDED = "post:ended", "พ้นจากตำแหน่ง"
    TOKEN_GIVEN = "token:given", "ออกกุญแจสำหรับโปรแกรม"
    TOKEN_REVOKED = "token:revoked", "เพิกถอนกุญแจสำหรับโปรแกรม"
    REGISTER_OPENED = "register:opened", "เปิดทะเบียน"
    REGISTER_CHANGED = "register:changed", "แก้ไขทะเบียน"
    NUMBER_TAKEN = "number:taken", "ออกเลข"
    NUMBER_RESERVED = "number:reserved", "จองเลข"
    NUMBER_RELEASED = "number:released", "คืนเลขจอง"
    NUMBER_CANCELLED = "number:cancelled", "ยกเลิกเลข"
    LETTER_SENT = "letter:sent", "ลงทะเบียนส่ง"
    LETTER_IN_DIVISION = "letter:division", "ลงรับในทะเบียนของกอง"
    STAMP_PLACED = "stamp:placed", "วางตรารับ"
    LETTER_RECEIVED = "letter:received", "รับหนังสือเข้า"
    LETTER_READ = "letter:read", "อ่านหนังสือแล้ว"
    LETTER_NOT_READ = "letter:not_read", "อ่านหนังสือไม่ได้"
    LETTER_REGISTERED = "letter:registered", "ลงทะเบียนรับ"
    LETTER_CORRECTED = "letter:corrected", "แก้ไขข้อมูลหนังสือ"
    LETTER_IS_TWIN = "letter:twin", "เป็นฉบับเดียวกับที่มีอยู่"
    LETTER_SET_ASIDE = "letter:set_aside", "ไม่ลงรับ"
    LETTER_FINISHED = "letter:finished", "ดำเนินการเสร็จแล้ว"
    LETTER_REOPENED = "letter:reopened", "เปิดเรื่องต่อ"
    DRAFT_STARTED = "draft:started", "เริ่มร่างหนังสือ"
    DRAFT_MOVED = "draft:moved", "เปลี่ยนสถานะร่าง"
    DRAFT_FILES = "draft:files", "เปลี่ยนไฟล์แนบของร่าง"
    DRAFT_SIGNED = "draft:signed", "ลงนามในหนังสือ"
    DRAFT_ISSUED = "draft:issued", "ออกเลขให้ร่าง"
    LETTERHEAD_SET = "letterhead:set", "ตั้งหัวหนังสือ"
    TEMPLATE_KEPT = "template:kept", "เก็บแบบร่าง"
    GROUP_KEPT = "group:kept", "เก็บกลุ่มผู้รับ"
    LETTER_DISPATCHED = "letter:dispatched", "ส่งหนังสือถึงผู้รับ"
    LETTER_ARRIVED = "letter:arrived", "หนังสือมาถึงในระบบ"
    SENDING_MOVED = "sending:moved", "บันทึกสถานะการส่ง"
    CHAIN_CHANGED = "chain:changed", "เปลี่ยนสายการเสนอ"
    PHRASES_CHANGED = "phrases:changed", "แก้ไขข้อความสำเร็จรูป"
    ROUTING_STARTED = "routing:started", "เสนอ"
    ROUTING_FINISHED = "routing:finished", "เกษียนและจบการเสนอ"
    STEP_PASSED = "step:passed", "เกษียนและเสนอต่อ"
    STEP_ASSIGNED = "step:assigned", "เกษียนและมอบ"
    STEP_TAKEN = "step:taken", "รับเรื่อง"
    STEP_RETURNED = "step:returned", "ส่งกลับ"
    STEP_RECALLED = "step:recalled", "ดึงกลับ"
    STEP_SKIPPED = "step:skipped", "ข้ามขั้น"
    SIGNATURE_KEPT = "signature:kept", "เก็บภาพลายมือชื่อ"
    SIGNATURE_DROPPED = "signature:dropped", "เลิกใช้ภาพลายมือชื่อ"


class Actor(Protocol):
    """ผู้กระทำ: whoever acts, as history keeps them – the post's key, and its words that day."""

    @property
    def pk(self) -> int | None: ...

    def words(self) -> str:
        """The name, position and organisation, as they are now."""
        ...
