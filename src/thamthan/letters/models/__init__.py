"""Every table of this room."""

from thamthan.letters.models.letters import Enclosure, Letter, LetterFile, Reading, Reference
from thamthan.letters.models.registers import Register
from thamthan.letters.models.secrecy import SecretReader, SecretView, WithheldNumber

__all__ = [
    "Enclosure",
    "Letter",
    "LetterFile",
    "Reading",
    "Reference",
    "Register",
    "SecretReader",
    "SecretView",
    "WithheldNumber",
]
