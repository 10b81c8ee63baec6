"""Addresses of the readiness pages."""

from django.urls import path

from traits.views import brings, pulse, readiness, reports, selfcheck, whatif

app_name = "traits"
urlpatterns = [
    path("check/", selfcheck.self_check, name="self_check"),
    path("check/result/", selfcheck.self_check_result, name="self_check_result"),
    path("a/<slug:slug>/readiness/", readiness.readiness, name="readiness"),
    path("a/<slug:slug>/readiness/assess/", readiness.assess, name="assess"),
    path("a/<slug:slug>/readiness/ask/", readiness.ask, name="ask"),
    path("a/<slug:slug>/readiness/history/", readiness.history, name="history"),
    path("a/<slug:slug>/readiness/compare/", readiness.compare, name="compare"),
    path("a/<slug:slug>/readiness/<str:indicator>/acknowledge/", readiness.acknowledge, name="acknowledge"),
    path("a/<slug:slug>/readiness/<uuid:pk>/report.pdf", reports.report, name="report"),
    path("a/<slug:slug>/readiness/<uuid:pk>/brief.pdf", reports.brief, name="brief"),
    path("a/<slug:slug>/readiness/<uuid:pk>/report.json", reports.report_data, name="report_data"),
    path("a/<slug:slug>/what-if/split/", whatif.split, name="split"),
    path("a/<slug:slug>/brings/", brings.brings, name="brings"),
    path("a/<slug:slug>/pulse/", pulse.pulse, name="pulse"),
    path("a/<slug:slug>/pulse/open/", pulse.open_pulse, name="open_pulse"),
    path("a/<slug:slug>/pulse/<int:number>/answer/<uuid:pk>/", pulse.answer, name="answer_pulse"),
    path("a/<slug:slug>/what-if/", whatif.whatif, name="whatif"),
]
