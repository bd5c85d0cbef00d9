"""A letter's facts as XML under the names of TH e-GIF, for the file that travels in the PDF."""

from xml.etree import ElementTree as ET

from thamthan.thai.correspondence import Secrecy, Urgency
from thamthan.thai.digits import to_arabic
from thamthan.writing.letters import OutgoingLetter
from thamthan.writing.wording import enclosures_in_words, references_in_words

RAM = "urn:th:gov:egif:data:standard:ReusableAggregateBusinessInformationEntity:1"
RSM = "urn:th:gov:egif:data:standard:GovernmentDocument:1.0"


def letter_as_xml(letter: OutgoingLetter) -> str:
    """ข้อมูลของหนังสือเป็น XML: rsm:GovernmentDocument with a ram:CorrespondenceLetter.

    Days are of the Christian era, numbers in Arabic digits. The three-digit codes of speed and
    secrecy are given out by each e-CMS node, so the classes stand here by name.
    """
    ET.register_namespace("ram", RAM)
    ET.register_namespace("rsm", RSM)
    root = ET.Element(f"{{{RSM}}}GovernmentDocument")
    facts = ET.SubElement(root, f"{{{RAM}}}CorrespondenceLetter", {"ID": "Letter"})
    _add(facts, "ID", to_arabic(letter.number))
    _add(facts, "CorrespondenceDate", letter.dated_on.isoformat() if letter.dated_on else "")
    _add(facts, "Subject", letter.subject)
    _add(facts, "SecretCode", "" if letter.secrecy is Secrecy.OPEN else letter.secrecy.label)
    _add(facts, "SpeedCode", "" if letter.urgency is Urgency.NORMAL else letter.urgency.label)
    sender = ET.SubElement(facts, f"{{{RAM}}}SenderParty")
    _add(sender, "GivenName", letter.signatory)
    _add(sender, "JobTitle", " ".join(letter.position))
    _add(sender, "DepartmentOrganization", letter.agency)
    receiver = ET.SubElement(facts, f"{{{RAM}}}ReceiverParty")
    _add(receiver, "JobTitle", letter.addressee)
    for line in letter.references:
        reference = ET.SubElement(facts, f"{{{RAM}}}ReferenceCorrespondence")
        _add(reference, "ID", to_arabic(line.number))
        _add(reference, "CorrespondenceDate", line.dated_on.isoformat() if line.dated_on else "")
        _add(reference, "Subject", references_in_words([line])[0].words)
    for enclosure in enclosures_in_words(letter.enclosures):
        parts = (enclosure.label, enclosure.words, enclosure.quantity)
        _add(facts, "Attachment", " ".join(part for part in parts if part))
    _add(facts, "Description", letter.kind.label)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")


def _add(parent: ET.Element, name: str, words: str) -> None:
    if words:
        ET.SubElement(parent, f"{{{RAM}}}{name}").text = words
