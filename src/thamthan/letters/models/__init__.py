"""Every table of this room."""

from thamthan.letters.models.endorsements import (
    Chain,
    ChainStep,
    Endorsement,
    Phrase,
    Routing,
    Step,
)
from thamthan.letters.models.letters import (
    Enclosure,
    Letter,
    LetterFile,
    Reading,
    Reference,
)
from thamthan.letters.models.registers import (
    Register,
    RegisterNumber,
    StampPlace,
)

__all__ = [
    "Chain",
    "ChainStep",
    "Enclosure",
    "Endorsement",
    "Letter",
    "LetterFile",
    "Phrase",
    "Reading",
    "Reference",
    "Register",
    "RegisterNumber",
    "Routing",
    "StampPlace",
    "Step",
]
