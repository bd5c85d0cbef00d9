"""What may be done in this room."""

from thamthan.projects.actions.channels import (
    ChannelsLoaded,
    FundingTold,
    load_channels,
    tell_funding_facts,
)
from thamthan.projects.actions.deciding import (
    Decision,
    grant_request,
    refuse_request,
    return_request,
    submit_request,
    withdraw_request,
)
from thamthan.projects.actions.proposing import (
    ProjectWords,
    answer_clauses,
    change_project,
    move_project,
    propose_project,
    show_project,
)
from thamthan.projects.actions.requests import (
    change_request,
    give_paper,
    open_request,
    take_out_paper,
    waive_paper,
)

__all__ = [
    "ChannelsLoaded",
    "Decision",
    "FundingTold",
    "ProjectWords",
    "answer_clauses",
    "change_project",
    "change_request",
    "give_paper",
    "grant_request",
    "load_channels",
    "move_project",
    "open_request",
    "propose_project",
    "refuse_request",
    "return_request",
    "show_project",
    "submit_request",
    "take_out_paper",
    "tell_funding_facts",
    "waive_paper",
    "withdraw_request",
]
