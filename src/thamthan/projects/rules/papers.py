"""How a project's numbers are said on its papers, and to whom a channel's request is written."""

from dataclasses import dataclass

from thamthan.projects.rules.channels import ChannelFacts, ChannelGroup, ProposalForm
from thamthan.projects.rules.figures import in_digits

# The paper of a request that the project itself is; its code in the list of channels.
PROPOSAL = "proposal"
_HOW_MUCH = {1: "น้อย", 2: "ปานกลาง", 3: "มาก"}
_MAYOR = "เทศบาล"
# What the list of channels says of where a request goes, and who is written to there. The first
# that fits; where none does, whoever writes the letter fills it in.
_ADDRESSEES: tuple[tuple[str, str], ...] = (
    ("ผ่านอำเภอ", "นายอำเภอ{district}"),
    (
        "ทรัพยากรธรรมชาติและสิ่งแวดล้อมจังหวัด",
        "ผู้อำนวยการสำนักงานทรัพยากรธรรมชาติและสิ่งแวดล้อมจังหวัด{province}",
    ),
    ("จังหวัด แล้วส่ง", "ผู้ว่าราชการจังหวัด{province}"),
    ("อบจ.", "นายกองค์การบริหารส่วนจังหวัด{province}"),
    ("กองทุนหลักประกันสุขภาพ", "ประธานกรรมการกองทุนหลักประกันสุขภาพ{house}"),
    ("พลังงานจังหวัด", "พลังงานจังหวัด{province}"),
    ("พัฒนาสังคมและความมั่นคงของมนุษย์จังหวัด", "พัฒนาสังคมและความมั่นคงของมนุษย์จังหวัด{province}"),
    ("ผู้บริหารท้องถิ่น", "{head}"),
    ("สภาท้องถิ่น", "ประธานสภา{house}"),
    ("ของหน่วยงาน", "{head}"),
    ("ภายในหน่วยงาน", "{head}"),
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """หน่วยงานและที่อยู่ของโครงการ: names without อำเภอ and จังหวัด before them; empty if none."""

    house: str
    district: str = ""
    province: str = ""

    @property
    def head(self) -> str:
        """ผู้บริหารของหน่วยงาน, by the kind of house that its name says."""
        if self.house.startswith(_MAYOR):
            return f"นายกเทศมนตรี{self.house.removeprefix(_MAYOR)}"
        return f"นายก{self.house}" if self.house.startswith("องค์การบริหาร") else ""


def how_much(level: int) -> str:
    """ระดับ 1 ถึง 3 ของความเสี่ยง, in words."""
    return _HOW_MUCH[level]


def goal_words(milli: int | None, of_milli: int | None) -> str:
    """ค่าของตัวชี้วัด from thousandths; a share with both its parts, empty where not known."""
    if milli is None:
        return ""
    if of_milli is None:
        return in_digits(milli)
    if of_milli == 0:
        return f"{in_digits(milli)} จาก 0"
    hundredths = round(milli * 10_000 / of_milli)
    share = f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")
    return f"{share} ({in_digits(milli)} จาก {in_digits(of_milli)})"


def form_of_channel(channel: ChannelFacts) -> str:
    """แบบเสนอโครงการที่แหล่งงบนี้ใช้; behind a memo stands the full proposal."""
    asked = ProposalForm.STANDARD if channel.form == ProposalForm.MEMO else channel.form
    return str(asked.value)


def is_asked_by_memo(channel: ChannelFacts) -> bool:
    """Whether the money is the house's own, so that no letter goes out for it."""
    return channel.group in {ChannelGroup.NONE, ChannelGroup.OWN}


def addressee_of(channel: ChannelFacts, around: Surroundings) -> str:
    """ผู้รับหนังสือนำส่ง, as far as the list of channels tells; empty where a person must say."""
    told = {
        "house": around.house,
        "district": around.district,
        "province": around.province,
        "head": around.head,
    }
    for said, addressee in _ADDRESSEES:
        if said in channel.sent_to:
            needed = [name for name in told if f"{{{name}}}" in addressee]
            return addressee.format(**told) if all(told[name] for name in needed) else ""
    return ""
