"""Logging in and out, the own password, and the post one acts in."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thamthan.errors import NotFound, Refused
from thamthan.organisations.actions import change_password, log_in
from thamthan.organisations.queries import system_post_of
from thamthan.organisations.rules import Duty
from thamthan.web.doors import PostRequest, acting, local_address

# The demo's people, as `thamthan seed demo` makes them; shown on the log-in page of a demo only.
DEMO_PASSWORD = "thamthan-demo"  # noqa: S105 – printed on the page; the demo holds nothing private
DEMO_PEOPLE = (
    ("somjai", "ธุรการ อบต.หนองกะปุ"),
    ("palad", "ปลัด อบต.หนองกะปุ"),
    ("nayok", "นายก อบต.หนองกะปุ"),
    ("kanya", "ธุรการ เทศบาลตำบลบ้านลาด"),
    ("admin.banlat", "ผู้ดูแลระบบ อำเภอบ้านลาด"),
)


class LogInForm(forms.Form):
    """ชื่อผู้ใช้และรหัสผ่าน."""

    login = forms.CharField(label="ชื่อผู้ใช้", max_length=60)
    password = forms.CharField(
        label="รหัสผ่าน", max_length=256, strip=False, widget=forms.PasswordInput
    )


class PasswordForm(forms.Form):
    """เปลี่ยนรหัสผ่าน."""

    old = forms.CharField(
        label="รหัสผ่านเดิม", max_length=256, strip=False, widget=forms.PasswordInput
    )
    new = forms.CharField(
        label="รหัสผ่านใหม่", max_length=256, strip=False, widget=forms.PasswordInput
    )
    again = forms.CharField(
        label="รหัสผ่านใหม่อีกครั้ง", max_length=256, strip=False, widget=forms.PasswordInput
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise forms.ValidationError("รหัสผ่านใหม่สองช่องไม่ตรงกัน")
        return again


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def log_in_page(request: HttpRequest) -> HttpResponse:
    """เข้าสู่ระบบ."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if request.user.is_authenticated:
        return redirect(local_address(request, wanted))
    form = LogInForm(request.POST or None)
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            person = log_in(
                form.cleaned_data["login"],
                form.cleaned_data["password"],
                by=system_post_of(),
                now=timezone.now(),
            )
        except Refused as refusal:
            refused = refusal
        else:
            # Django gives the session a new key here, so that an old one is worth nothing.
            login(request, person, backend="django.contrib.auth.backends.ModelBackend")
            return redirect(local_address(request, wanted))
    return render(
        request,
        "account/log_in.html",
        {
            "form": form,
            "refused": refused,
            "next": wanted,
            "demo": DEMO_PEOPLE if settings.DEMO else (),
            "demo_password": DEMO_PASSWORD,
        },
        status=refused.status if refused else 200,
    )


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """ออกจากระบบ."""
    logout(request)
    messages.success(request, "ออกจากระบบแล้ว")
    return redirect("log-in")


@acting
@require_safe
def account(request: PostRequest) -> HttpResponse:
    """บัญชีของฉัน."""
    return _account_page(request, PasswordForm())


def _account_page(request: PostRequest, form: PasswordForm, *, status: int = 200) -> HttpResponse:
    may_see = request.post is not None and request.post.has_duty(Duty.KEEP_ORGANISATIONS)
    context = {"form": form, "may_see_deliveries": may_see}
    return render(request, "account/account.html", context, status=status)


@acting
@sensitive_post_parameters("old", "new", "again")
@require_POST
def change_own_password(request: PostRequest) -> HttpResponse:
    """เปลี่ยนรหัสผ่านของตน; other sessions of the person end with it."""
    form = PasswordForm(request.POST)
    if form.is_valid():
        try:
            change_password(
                request.user,
                form.cleaned_data["old"],
                form.cleaned_data["new"],
                by=request.post,
            )
        except Refused as refused:
            form.add_error("old" if refused.code == "wrong_password" else "new", refused.message)
        else:
            request.user.refresh_from_db()
            update_session_auth_hash(request, request.user)
            messages.success(request, "เปลี่ยนรหัสผ่านแล้ว")
            return redirect("account")
    return _account_page(request, form, status=422)


@acting
@require_POST
def switch_post(request: PostRequest) -> HttpResponse:
    """เปลี่ยนตำแหน่งที่ใช้: only to a post of one's own that is in force today."""
    wanted = request.POST.get("post", "")
    post = next((post for post in request.posts if str(post.pk) == wanted), None)
    if post is None:
        raise NotFound("ไม่พบตำแหน่งนี้")
    request.session["post"] = post.pk
    messages.success(request, f"ขณะนี้ท่านใช้ตำแหน่ง {post.title} {post.organisation.name}")
    return redirect(local_address(request, request.POST.get("next", "")))
