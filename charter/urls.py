"""Addresses of the charter's pages and of the moves of an alliance."""

from django.urls import path

from charter.views import signing, text

app_name = "charter"
urlpatterns = [
    path("a/<slug:slug>/charter/", text.charter, name="charter"),
    path("a/<slug:slug>/charter/draft/", text.draft, name="draft"),
    path("a/<slug:slug>/charter/sections/<str:key>/", text.section, name="section"),
    path("a/<slug:slug>/charter/versions/<uuid:pk>/", text.version, name="version"),
    path("a/<slug:slug>/charter/versions/<uuid:pk>/changes/", text.version_changes, name="version_changes"),
    path("a/<slug:slug>/charter/amendment/", text.amendment, name="amendment"),
    path("a/<slug:slug>/charter/amendment/close/", signing.close_amendment, name="close_amendment"),
    path("a/<slug:slug>/charter/signing/", signing.signing, name="signing"),
    path("a/<slug:slug>/charter/signing/terms/", signing.terms, name="terms"),
    path("a/<slug:slug>/charter/signing/propose/", signing.propose, name="propose"),
    path("a/<slug:slug>/charter/signing/begin/", signing.begin, name="begin"),
    path("a/<slug:slug>/charter/signing/withdraw/", signing.withdraw, name="withdraw"),
    path("a/<slug:slug>/charter/sign/<uuid:member>/", signing.sign, name="sign"),
    path("a/<slug:slug>/file/", text.alliance_file, name="file"),
    path("a/<slug:slug>/moves/forming/", signing.begin_forming, name="begin_forming"),
    path("a/<slug:slug>/moves/ready/", signing.declare_ready, name="declare_ready"),
    path("a/<slug:slug>/moves/return/", signing.confirm_return, name="confirm_return"),
    path("a/<slug:slug>/moves/abandoned/", signing.abandon, name="abandon"),
]
