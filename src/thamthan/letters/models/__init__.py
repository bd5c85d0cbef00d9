"""Every table of this room."""

from thamthan.letters.models.drafts import (
    Draft,
    DraftFile,
    DraftVersion,
    Letterhead,
    LetterTemplate,
)
from thamthan.letters.models.endorsements import (
    Chain,
    ChainStep,
    Endorsement,
    Phrase,
    Routing,
    Step,
)
from thamthan.letters.models.letters import Enclosure, Letter, LetterFile, Reading, Reference
from thamthan.letters.models.registers import Register, RegisterNumber, StampPlace
from thamthan.letters.models.sendings import GroupMember, RecipientGroup, Sending

__all__ = [
    "Chain",
    "ChainStep",
    "Draft",
    "DraftFile",
    "DraftVersion",
    "Enclosure",
    "Endorsement",
    "GroupMember",
    "Letter",
    "LetterFile",
    "LetterTemplate",
    "Letterhead",
    "Phrase",
    "Reading",
    "RecipientGroup",
    "Reference",
    "Register",
    "RegisterNumber",
    "Routing",
    "Sending",
    "StampPlace",
    "Step",
]
