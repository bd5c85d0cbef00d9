"""A form filled with the facts of a project: its sections in order, and what is still missing."""

from thamthan.thai.text import squeeze
from thamthan.writing.proposal_facts import ProposalFacts, Signature, Signer
from thamthan.writing.proposal_forms import FormSection, ProposalForm
from thamthan.writing.proposal_parts import DOTS, Blank, Composed, Missing, Part, Section, Words
from thamthan.writing.proposal_telling import TELLERS, Label, Teller, Told, paragraphs

_LINES_OF_AN_ASK = 2


def composed(facts: ProposalFacts, form: ProposalForm) -> Composed:
    """เติมแบบ: nothing is left out that is known, and nothing told that is not."""
    missing: list[Missing] = []
    sections: list[Section] = []
    for asked in form.sections:
        number = len(sections) + 1
        parts, gaps = _section(facts, form, asked, number)
        if parts:
            sections.append(Section(f"{number}.", asked.heading, parts))
            missing += gaps
    year = facts.fiscal_year
    if year is None:
        missing.insert(0, Missing("หัวแบบ", "fiscal_year", "ยังไม่ระบุปีงบประมาณ"))
    heads = (
        form.title,
        squeeze(f"{facts.house} {facts.house_place}"),
        f"ประจำปีงบประมาณ พ.ศ. {year or DOTS}",
    )
    return Composed(
        tuple(line for line in heads if line),
        form.preface,
        tuple(sections),
        tuple(_signature(facts, signer) for signer in form.signers),
        tuple(missing),
    )


def _section(
    facts: ProposalFacts, form: ProposalForm, asked: FormSection, number: int
) -> tuple[tuple[Part, ...], list[Missing]]:
    """What stands under one heading; nothing where it need not be told and is not known."""
    tellers = {fact: _teller(form, fact) for fact in asked.facts}
    known = {fact: teller.tell(facts, _label("")) for fact, teller in tellers.items()}
    shown = [fact for fact in asked.facts if fact in asked.needs or known[fact].parts]
    if not shown:
        return ((Blank(),), []) if form.keeps_empty else ((), [])
    several = len(shown) > 1
    parts: list[Part] = []
    missing: list[Missing] = []
    for at, fact in enumerate(shown, 1):
        teller = tellers[fact]
        told = teller.tell(facts, _label("" if several else f"{number}."))
        head = f"{number}.{at}" if several else ""
        parts += _under(teller, told, head)
        gaps = told.gaps if told.parts else (f"ยังไม่มี{teller.name}",)
        missing += [Missing(asked.heading, fact, gap) for gap in gaps]
    return tuple(parts), missing


def _under(teller: Teller, told: Told, head: str) -> list[Part]:
    """A fact's parts, below a heading of its own where the section tells several."""
    if not told.parts:
        return [Blank(f"{head} {teller.name}".strip() if head else "", teller.lines)]
    if not head:
        return list(told.parts)
    first, *rest = told.parts
    if isinstance(first, Words) and not first.label and not rest:
        return [Words(f"{teller.name}: {first.text}", head)]
    return [Words(teller.name, head, strong=True), *told.parts]


def _teller(form: ProposalForm, fact: str) -> Teller:
    if fact in TELLERS:
        return TELLERS[fact]
    words = form.asks[fact]
    return Teller(
        words, lambda facts, label: Told(paragraphs(facts.extras.get(fact, ""))), _LINES_OF_AN_ASK
    )


def _label(prefix: str) -> Label:
    return lambda at: f"{prefix}{at}" if prefix else f"({at})"


def _signature(facts: ProposalFacts, signer: Signer) -> Signature:
    known = (one for one in facts.signatures if one.signer is signer)
    return next(known, Signature(signer))
