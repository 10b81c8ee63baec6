"""Addresses of the readiness pages."""

from django.urls import path

from traits import views

app_name = "traits"
urlpatterns = [
    path("a/<slug:slug>/readiness/", views.readiness, name="readiness"),
    path("a/<slug:slug>/readiness/assess/", views.assess, name="assess"),
    path("a/<slug:slug>/readiness/ask/", views.ask, name="ask"),
    path("a/<slug:slug>/readiness/history/", views.history, name="history"),
    path("a/<slug:slug>/readiness/compare/", views.compare, name="compare"),
    path("a/<slug:slug>/readiness/<str:indicator>/acknowledge/", views.acknowledge, name="acknowledge"),
]
