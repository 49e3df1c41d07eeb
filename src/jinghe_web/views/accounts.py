"""Log-in, password and refused forms."""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jinghe_web.actions.change_password import change_password

__all__ = ["password", "refuse_form"]


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's password."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if form.is_valid():
        change_password(form, user=request.user, request=request)
        update_session_auth_hash(request, form.user)
        return redirect("home")
    return render(request, "jinghe_web/password.html", {"form": form})


@login_not_required
def refuse_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Say that a form came without its token."""
    return render(request, "jinghe_web/refused.html", status=403)
