"""Addresses of the readiness pages."""

from django.urls import path

from traits import views

app_name = "traits"
urlpatterns = [
    path("check/", views.self_check, name="self_check"),
    path("check/result/", views.self_check_result, name="self_check_result"),
    path("a/<slug:slug>/readiness/", views.readiness, name="readiness"),
    path("a/<slug:slug>/readiness/assess/", views.assess, name="assess"),
    path("a/<slug:slug>/readiness/<str:indicator>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("a/<slug:slug>/readiness/<uuid:pk>/report.pdf", views.report, name="report"),
    path("a/<slug:slug>/readiness/<uuid:pk>/brief.pdf", views.brief, name="brief"),
    path("a/<slug:slug>/readiness/<uuid:pk>/report.json", views.report_data, name="report_data"),
    path("a/<slug:slug>/what-if/", views.whatif, name="whatif"),
]
