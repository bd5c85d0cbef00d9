"""Every table of this room."""

from thamthan.letters.models.drafts import (
    Draft,
    DraftFile,
    DraftVersion,
    Letterhead,
    LetterTemplate,
)
from thamthan.letters.models.letters import Enclosure, Letter, LetterFile, Reading, Reference
from thamthan.letters.models.registers import Register, RegisterNumber, StampPlace
from thamthan.letters.models.sendings import GroupMember, RecipientGroup, Sending

__all__ = [
    "Draft",
    "DraftFile",
    "DraftVersion",
    "Enclosure",
    "GroupMember",
    "Letter",
    "LetterFile",
    "LetterTemplate",
    "Letterhead",
    "Reading",
    "RecipientGroup",
    "Reference",
    "Register",
    "RegisterNumber",
    "Sending",
    "StampPlace",
]
