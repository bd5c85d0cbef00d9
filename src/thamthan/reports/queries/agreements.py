"""เห็นชอบก่อนส่ง: whether a house wants it, and what waits for whoever agrees."""

from thamthan.directives.queries.secrecy import secret_orders
from thamthan.errors import NotFound, Refused
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.reports.models import Agreement, Proposal, Report
from thamthan.reports.queries.doors import is_own_report, report_for
from thamthan.reports.rules import AGREEING, Agrees, ProposalState, may_agree, may_decide


def agreement_of(post: Post) -> Agrees:
    """ผู้เห็นชอบรายงานก่อนส่งของหน่วยงานตน."""
    row = Agreement.objects.filter(organisation__path=post.organisation.house_path).first()
    return Agrees(row.agrees) if row is not None else Agrees.NOBODY


def agreement_kept_by(post: Post) -> Agrees:
    """การตั้งผู้เห็นชอบของหน่วยงานตน, for whoever may change it; refused to everybody else."""
    if not post.has_duty(Duty.KEEP_CHAINS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ตั้งสายการเสนอ", code="not_allowed", status=403)
    return agreement_of(post)


def agrees_here(post: Post) -> bool:
    """Whether this post is one who agrees to the reports of its house."""
    return may_agree(agreement_of(post), post.role)


def decides_proposal(post: Post, proposal: Proposal) -> bool:
    """Whether it waits, and for this post; the proposal came through its door."""
    return proposal.state == ProposalState.WAITING and may_decide(agreement_of(post), post.role)


def proposals_waiting(post: Post) -> list[Proposal]:
    """รายงานที่รอท่านเห็นชอบ, the nearest due first; none for whoever does not agree here.

    Of a matter that was classed since, none: its report does not exist for anybody.
    """
    if post.role not in AGREEING or not post.has_duty(Duty.READ_LETTERS):
        return []
    if not may_decide(agreement_of(post), post.role):
        return []
    return list(
        Proposal.objects.filter(
            state=ProposalState.WAITING, report__organisation__path=post.organisation.house_path
        )
        .exclude(report__round__root__in=secret_orders().values("pk"))
        .select_related("report__round__root", "report__giver")
        .order_by("report__due_at", "pk")
    )


def last_proposal(post: Post, report: Report) -> Proposal | None:
    """รายงานที่เสนอล่าสุดของรายงานของหน่วยงานตน."""
    own = report_for(post, report.pk)
    if not is_own_report(post, own):
        raise NotFound("ไม่พบรายงานนี้")
    return Proposal.objects.filter(report=own).first()


def proposal_for(post: Post, report: Report) -> Proposal:
    """รายงานที่เสนอล่าสุด, or that none was put up."""
    found = last_proposal(post, report)
    if found is None:
        raise NotFound("รายงานนี้ยังไม่ได้เสนอ")
    return found
