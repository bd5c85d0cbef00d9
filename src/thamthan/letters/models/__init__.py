"""Every table of this room."""

from thamthan.letters.models.letters import Enclosure, Letter, LetterFile, Reading, Reference
from thamthan.letters.models.links import LetterLink
from thamthan.letters.models.registers import Register
from thamthan.letters.models.search import SavedSearch, SearchEntry

__all__ = [
    "Enclosure",
    "Letter",
    "LetterFile",
    "LetterLink",
    "Reading",
    "Reference",
    "Register",
    "SavedSearch",
    "SearchEntry",
]
