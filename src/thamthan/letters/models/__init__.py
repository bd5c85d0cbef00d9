"""Every table of this room."""

from thamthan.letters.models.disclosure import (
    Disclosure,
    RedactedCopy,
)
from thamthan.letters.models.keeping import (
    CommitteeMember,
    Disposal,
    DisposalLine,
    Keeping,
    Loan,
)
from thamthan.letters.models.letters import Enclosure, Letter, LetterFile, Reading, Reference
from thamthan.letters.models.registers import Register
from thamthan.letters.models.secrecy import SecretReader, SecretView, WithheldNumber

__all__ = [
    "CommitteeMember",
    "Disclosure",
    "Disposal",
    "DisposalLine",
    "Enclosure",
    "Keeping",
    "Letter",
    "LetterFile",
    "Loan",
    "Reading",
    "RedactedCopy",
    "Reference",
    "Register",
    "SecretReader",
    "SecretView",
    "WithheldNumber",
]
