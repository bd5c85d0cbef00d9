"""The API put together: tokens at the door, problems on the way out, a description of itself."""

import json
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from thamthan.api.evidence import router as evidence
from thamthan.api.funding import router as funding
from thamthan.api.letters import router as letters
from thamthan.api.measures import router as measures
from thamthan.api.money import router as money
from thamthan.api.orders import router as orders
from thamthan.api.organisations import router as organisations
from thamthan.api.papers import router as papers
from thamthan.api.problems import MEDIA_TYPE, add_problems
from thamthan.api.projects import router as projects
from thamthan.api.report_agreement import router as report_agreement
from thamthan.api.report_files import router as report_files
from thamthan.api.report_form_choice import router as report_form_choice
from thamthan.api.report_form_questions import router as report_form_questions
from thamthan.api.report_forms import router as report_forms
from thamthan.api.reports import router as reports
from thamthan.api.round_closing import router as round_closing
from thamthan.api.round_questions import router as round_questions
from thamthan.api.round_sights import router as round_sights
from thamthan.api.tasks import router as tasks
from thamthan.api.tokens import PostToken

DESCRIPTION = """\
หนังสือราชการของหน่วยงาน สำหรับโปรแกรมอื่น – the registry of one organisation, for other programs.

Send `Authorization: Bearer TOKEN`; a token acts as the post that it was given to, and sees what
that post sees, but for secret letters. Refusals are `application/problem+json`.
"""


class ReadableJson(JSONRenderer):
    """JSON with Thai as Thai, not as escapes."""

    json_dumps_params = {"ensure_ascii": False}


class ThamthanApi(NinjaAPI):
    """An API whose description names the media type in which refusals really come."""

    def get_openapi_schema(self, **asked: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**asked)
        for path in schema["paths"].values():
            for operation in path.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400 and "content" in answer:
                        answer["content"] = {MEDIA_TYPE: answer["content"].pop("application/json")}
        return schema


def make_api() -> ThamthanApi:
    api = ThamthanApi(
        title="Thamthan (ทำทัน)",
        version="1",
        description=DESCRIPTION,
        auth=PostToken(),
        renderer=ReadableJson(),
        # The page that shows it would need scripts from elsewhere; the description is enough.
        docs_url=None,
        urls_namespace="api-1",
    )
    add_problems(api)
    api.add_router("", evidence)
    api.add_router("", letters)
    api.add_router("", money)
    api.add_router("", measures)
    api.add_router("", orders)
    api.add_router("", organisations)
    api.add_router("", reports)
    api.add_router("", tasks)
    api.add_router("", funding)
    api.add_router("", projects)
    api.add_router("", papers)
    api.add_router("", report_agreement)
    api.add_router("", report_forms)
    api.add_router("", report_form_questions)
    api.add_router("", report_form_choice)
    api.add_router("", round_sights)
    api.add_router("", round_questions)
    api.add_router("", round_closing)
    api.add_router("", report_files)
    return api


api = make_api()


def description() -> str:
    """The API described as OpenAPI, in JSON that is readable in a diff."""
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(schema, ensure_ascii=False, indent=2, default=str) + "\n"
