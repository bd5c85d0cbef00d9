"""Every table of this room."""

from thamthan.letters.models.disclosure import (
    Disclosure,
    RedactedCopy,
)
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
from thamthan.letters.models.keeping import (
    CommitteeMember,
    Disposal,
    DisposalLine,
    Keeping,
    Loan,
)
from thamthan.letters.models.letters import (
    Enclosure,
    Letter,
    LetterFile,
    Reading,
    Reference,
)
from thamthan.letters.models.links import (
    LetterLink,
)
from thamthan.letters.models.registers import (
    Register,
    RegisterNumber,
    StampPlace,
)
from thamthan.letters.models.search import (
    SavedSearch,
    SearchEntry,
)
from thamthan.letters.models.secrecy import (
    SecretReader,
    SecretView,
)
from thamthan.letters.models.sendings import (
    GroupMember,
    RecipientGroup,
    Sending,
)

__all__ = [
    "Chain",
    "ChainStep",
    "CommitteeMember",
    "Disclosure",
    "Disposal",
    "DisposalLine",
    "Draft",
    "DraftFile",
    "DraftVersion",
    "Enclosure",
    "Endorsement",
    "GroupMember",
    "Keeping",
    "Letter",
    "LetterFile",
    "LetterLink",
    "LetterTemplate",
    "Letterhead",
    "Loan",
    "Phrase",
    "Reading",
    "RecipientGroup",
    "RedactedCopy",
    "Reference",
    "Register",
    "RegisterNumber",
    "Routing",
    "SavedSearch",
    "SearchEntry",
    "SecretReader",
    "SecretView",
    "Sending",
    "StampPlace",
    "Step",
]
