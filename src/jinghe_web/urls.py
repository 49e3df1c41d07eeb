"""Addresses of the pages."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path
from django.views.i18n import set_language

from jinghe_web.views import accounts, downloads, health, pages

urlpatterns = [
    path("healthz", health.health, name="health"),
    path(
        "login/",
        LoginView.as_view(template_name="jinghe_web/login.html", redirect_authenticated_user=True),
        name="login",
    ),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", accounts.password, name="password"),
    path("language/", login_not_required(set_language), name="language"),
    path("", pages.home, name="home"),
    path("<slug:case>/", pages.start, name="start"),
    path("<slug:case>/contest/", pages.contest, name="contest"),
    path("<slug:case>/jurisdictions/<slug:code>/", pages.jurisdiction, name="jurisdiction"),
    path("<slug:case>/contracts/", pages.contracts, name="contracts"),
    path("<slug:case>/settlements/", pages.settlements, name="settlements"),
    path("<slug:case>/settlements/<int:number>/", pages.settlement, name="settlement"),
    path("<slug:case>/forecast/", pages.forecast, name="forecast"),
    path("<slug:case>/diagnosis/", pages.diagnosis, name="diagnosis"),
    path("<slug:case>/evidence/", pages.evidence, name="evidence"),
    path("<slug:case>/findings/", pages.findings, name="findings"),
    path("<slug:case>/sources/", pages.sources, name="sources"),
    path("<slug:case>/tables/<str:name>.csv", downloads.table, name="table"),
    path("<slug:case>/result.json", downloads.document, name="document"),
    path("<slug:case>/charts/flows/<int:number>.json", downloads.flows, name="flow-chart"),
    path("<slug:case>/charts/forecast.json", downloads.forecast, name="forecast-chart"),
]
