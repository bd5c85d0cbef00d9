"""อยู่ตรงไหนของแผน in plain words: what each standing means for money and for the earliest day."""

from dataclasses import dataclass

from thamthan.projects.rules.states import PlanStanding


@dataclass(frozen=True, slots=True)
class StandingWords:
    """คำอธิบายของสถานะในแผน: how an officer would say it, and what follows from it."""

    standing: PlanStanding
    plain: str
    consequence: str


# How a project is added to the plan was seen in one local government's announcement of ข้อ 22;
# the last step and today's text of the regulation were not looked up (policy: say so).
STANDINGS: tuple[StandingWords, ...] = (
    StandingWords(
        PlanStanding.ORDINANCE,
        "อยู่ในแผนและตั้งเงินแล้ว",
        "เริ่มได้เมื่ออนุมัติโครงการ ใช้เงินตามข้อบัญญัติหรือเทศบัญญัติของปีนี้",
    ),
    StandingWords(
        PlanStanding.PLAN,
        "อยู่ในแผน แต่ยังไม่มีเงิน",
        "ต้องหาเงินก่อน เช่น โอนงบประมาณ ใช้เงินสะสม ขอรับการสนับสนุน หรือตั้งในข้อบัญญัติปีถัดไป",
    ),
    StandingWords(
        PlanStanding.NONE,
        "ยังไม่อยู่ในแผน",
        "ต้องเพิ่มเติมแผนพัฒนาท้องถิ่นก่อน จึงตั้งงบหรือขอเงินได้ (ขั้นตอนตามระเบียบว่าด้วยแผนพัฒนาฯ โปรดตรวจฉบับที่ใช้อยู่)",
    ),
    StandingWords(
        PlanStanding.ROUTINE,
        "เป็นงานประจำ ไม่ต้องทำโครงการ",
        "กรอกสั้น ๆ แล้วทำได้เลย ใช้เงินในงานประจำหรือไม่ใช้เงิน และรายงานผลตอบข้อสั่งการได้เหมือนกัน",
    ),
)


def standing_words(standing: str) -> StandingWords:
    """คำอธิบายของสถานะนี้."""
    return next(one for one in STANDINGS if one.standing == standing)
