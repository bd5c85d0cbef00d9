"""What may be done in this room."""

from thamthan.projects.actions.allotting import (
    allot_money,
    change_plan,
    move_allotment,
    plan_money,
)
from thamthan.projects.actions.budgeting import (
    LineWords,
    keep_line,
    keep_lines,
)
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
from thamthan.projects.actions.evidence import (
    attach_evidence,
    attach_link,
    attach_upload,
    explain_evidence,
    judge_evidence,
    withdraw_evidence,
)
from thamthan.projects.actions.goals import (
    GoalWords,
    drop_goal,
    set_goal,
)
from thamthan.projects.actions.measures import (
    correct_result,
    give_result,
    tell_residents,
)
from thamthan.projects.actions.money_papers import (
    attach_money_paper,
    take_out_money_paper,
)
from thamthan.projects.actions.papers import (
    CostWords,
    answer_form,
    set_costs,
)
from thamthan.projects.actions.plan_corrections import (
    correct_line,
    correct_year,
)
from thamthan.projects.actions.plan_imports import (
    agree_plan_import,
    begin_plan_import,
    choose_lines,
    drop_plan_import,
)
from thamthan.projects.actions.plans import (
    add_plan_row,
    amend_plan_row,
    drop_plan_row,
    keep_plan,
    mend_plan_row,
    take_up_row,
)
from thamthan.projects.actions.proposing import (
    ProjectWords,
    answer_clauses,
    change_project,
    move_project,
    propose_project,
    show_project,
)
from thamthan.projects.actions.request_letters import draft_request_letter
from thamthan.projects.actions.requests import (
    change_request,
    give_paper,
    open_request,
    take_out_paper,
    waive_paper,
)
from thamthan.projects.actions.spending import (
    commit_money,
    pay_money,
    release_money,
    take_money_back,
)
from thamthan.projects.actions.starting import (
    start_project,
)
from thamthan.projects.actions.stepping import (
    finish_step,
    reopen_step,
)
from thamthan.projects.actions.writing import (
    reword_project,
    set_places,
    set_risks,
    set_steps,
    set_supporters,
    set_target_groups,
)

__all__ = [
    "ChannelsLoaded",
    "CostWords",
    "Decision",
    "FundingTold",
    "GoalWords",
    "LineWords",
    "ProjectWords",
    "add_plan_row",
    "agree_plan_import",
    "allot_money",
    "amend_plan_row",
    "answer_clauses",
    "answer_form",
    "attach_evidence",
    "attach_link",
    "attach_money_paper",
    "attach_upload",
    "begin_plan_import",
    "change_plan",
    "change_project",
    "change_request",
    "choose_lines",
    "commit_money",
    "correct_line",
    "correct_result",
    "correct_year",
    "draft_request_letter",
    "drop_goal",
    "drop_plan_import",
    "drop_plan_row",
    "explain_evidence",
    "finish_step",
    "give_paper",
    "give_result",
    "grant_request",
    "judge_evidence",
    "keep_line",
    "keep_lines",
    "keep_plan",
    "load_channels",
    "mend_plan_row",
    "move_allotment",
    "move_project",
    "open_request",
    "pay_money",
    "plan_money",
    "propose_project",
    "refuse_request",
    "release_money",
    "reopen_step",
    "return_request",
    "reword_project",
    "set_costs",
    "set_goal",
    "set_places",
    "set_risks",
    "set_steps",
    "set_supporters",
    "set_target_groups",
    "show_project",
    "start_project",
    "submit_request",
    "take_money_back",
    "take_out_money_paper",
    "take_out_paper",
    "take_up_row",
    "tell_funding_facts",
    "tell_residents",
    "waive_paper",
    "withdraw_evidence",
    "withdraw_request",
]
