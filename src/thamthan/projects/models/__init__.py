"""What the room of projects keeps."""

from thamthan.projects.models.evidence import (
    Evidence,
    PictureMark,
)
from thamthan.projects.models.funding import (
    FundingFacts,
)
from thamthan.projects.models.measures import (
    Goal,
    Residents,
    Result,
)
from thamthan.projects.models.money import (
    Allotment,
    BudgetLine,
    Commitment,
    Disbursement,
    MoneyPaper,
)
from thamthan.projects.models.papers import (
    CostItem,
    FormAnswer,
)
from thamthan.projects.models.plan_imports import (
    ImportLine,
    PlanImport,
)
from thamthan.projects.models.plans import (
    DevelopmentPlan,
    PlanBudget,
    PlanRow,
)
from thamthan.projects.models.projects import (
    Project,
    ProjectAnswer,
    ProjectPlace,
    ProjectSupporter,
    Risk,
    Step,
    TargetGroup,
)
from thamthan.projects.models.requests import (
    FundingChannel,
    FundingRequest,
    RequestPaper,
)

__all__ = [
    "Allotment",
    "BudgetLine",
    "Commitment",
    "CostItem",
    "DevelopmentPlan",
    "Disbursement",
    "Evidence",
    "FormAnswer",
    "FundingChannel",
    "FundingFacts",
    "FundingRequest",
    "Goal",
    "ImportLine",
    "MoneyPaper",
    "PictureMark",
    "PlanBudget",
    "PlanImport",
    "PlanRow",
    "Project",
    "ProjectAnswer",
    "ProjectPlace",
    "ProjectSupporter",
    "RequestPaper",
    "Residents",
    "Result",
    "Risk",
    "Step",
    "TargetGroup",
]
