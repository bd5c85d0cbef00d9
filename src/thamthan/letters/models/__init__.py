"""Every table of this room."""

from thamthan.letters.models.letters import Enclosure, Letter, LetterFile, Reading, Reference
from thamthan.letters.models.registers import Register, RegisterNumber, StampPlace

__all__ = [
    "Enclosure",
    "Letter",
    "LetterFile",
    "Reading",
    "Reference",
    "Register",
    "RegisterNumber",
    "StampPlace",
]
