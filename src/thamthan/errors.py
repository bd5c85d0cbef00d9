"""How the product says no: one exception tree, one Thai sentence each, told once by every shell."""


class Refused(Exception):
    """ไม่รับดำเนินการ: what was asked cannot be done, and nothing was changed.

    `message` is one Thai sentence for the person who asked; `code` names the case for programs;
    `status` is the HTTP status a shell answers with; `facts` are values worth showing beside it.
    """

    def __init__(
        self, message: str, *, code: str = "refused", status: int = 409, **facts: object
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.status = status
        self.facts = facts


class NotFound(Refused):
    """ไม่พบ: there is no such thing, or it is not for this post to know that there is."""

    def __init__(self, message: str, *, code: str = "not_found", **facts: object) -> None:
        super().__init__(message, code=code, status=404, **facts)
