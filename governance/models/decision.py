"""Decision classes, decisions, and their outcomes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from alliance.models import Alliance, Topic
from audit.ids import uuid7
from governance.querysets import DecisionQuerySet
from governance.states import Abstention, Base, Body, DecisionState, Forum, Method, Recusal, Result, Tie


class DecisionClass(models.Model):
    """A named rule. What is left blank, the readiness check finds, and no decision opens under it.

    Fractions are text, "2/3". Founding rules hold until the charter is active.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="decision_classes")
    key = models.SlugField(max_length=40)
    name = models.CharField(_("class"), max_length=80)
    body = models.CharField(_("who decides"), max_length=10, choices=Body, default=Body.COMMITTEE)
    method = models.CharField(_("method"), max_length=16, choices=Method, default=Method.VOTE)
    base = models.CharField(_("share of what"), max_length=18, choices=Base, blank=True)
    threshold = models.CharField(_("threshold"), max_length=9, blank=True)
    strict = models.BooleanField(_("more than the threshold"), null=True)
    quorum = models.CharField(_("quorum"), max_length=9, blank=True)
    quorum_strict = models.BooleanField(_("more than the quorum"), null=True)
    recusal = models.CharField(_("recusal"), max_length=8, choices=Recusal, blank=True)
    abstention = models.CharField(_("abstention"), max_length=16, choices=Abstention, blank=True)
    tie = models.CharField(_("tie"), max_length=8, choices=Tie, blank=True)
    forum = models.CharField(_("forum"), max_length=12, choices=Forum, blank=True)
    min_yes_quorum = models.BooleanField(_("yes votes reach the quorum"), default=False)
    max_no = models.CharField(_("no votes at most"), max_length=9, blank=True)
    max_objections = models.CharField(_("objections at most"), max_length=9, blank=True)
    open_days = models.PositiveSmallIntegerField(_("days open"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("days of notice"), null=True, blank=True)
    effective_after_days = models.PositiveSmallIntegerField(_("takes effect after, in days"), default=0)
    live_tally = models.BooleanField(_("counts are shown while voting is open"), default=False)
    secret_from = models.PositiveSmallIntegerField(_("secret from so many voters"), null=True, blank=True)
    is_founding = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "key"],
                condition=models.Q(retired_at__isnull=True),
                name="governance_class_one_per_key",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Decision(models.Model):
    """A question put to the committee or the members, from draft to outcome.

    It is open in the half-open window [opened_at, closes_at); after that it is closed, whether or not that has
    been written down yet. `sealed_rule` is the canonical rule it was opened under, `charter_version` the version.
    Sent back, it goes on in another draft, which `continues` it. It `reopens` an earlier one that was adopted, where
    its proposer says so; `alternatives` are the other options that were weighed, one a line. It may concern a `topic`
    of the members' interests: a yes furthers it, unless it `opposes_topic`. `effect_problem` is why its effect waits,
    `effect_refusal` the same in words.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField(editable=False)
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("in three lines"), blank=True)
    motion = models.TextField(_("motion"))
    consequence = models.TextField(_("what changes if yes"), blank=True)
    alternatives = models.TextField(_("other options weighed"), blank=True, default="", db_default="")
    decision_class = models.ForeignKey(DecisionClass, on_delete=models.PROTECT, related_name="decisions")
    effect = models.CharField(max_length=40, default="none", editable=False)
    effect_data = models.JSONField(default=dict, editable=False)
    proposer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decisions_proposed")
    seconder = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions_seconded"
    )
    state = models.CharField(max_length=10, choices=DecisionState, default=DecisionState.DRAFT, editable=False)
    created_at = models.DateTimeField(editable=False)
    noticed_at = models.DateTimeField(null=True, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    closes_at = models.DateTimeField(null=True, editable=False)
    extended = models.BooleanField(default=False, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    effective_at = models.DateTimeField(null=True, editable=False)
    took_effect_at = models.DateTimeField(null=True, editable=False)
    sealed_rule = models.TextField(blank=True, editable=False)
    charter_version = models.UUIDField(null=True, editable=False)
    by_members = models.BooleanField(default=False, db_default=False, editable=False)
    times_returned = models.PositiveSmallIntegerField(default=0, editable=False)
    continues = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="continued_by"
    )
    reopens = models.ForeignKey("self", on_delete=models.PROTECT, null=True, editable=False, related_name="reopened_by")
    topic = models.ForeignKey(Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    opposes_topic = models.BooleanField(_("a yes works against it"), default=False, db_default=False)
    effect_problem = models.CharField(max_length=60, blank=True, editable=False)
    effect_refusal = models.TextField(blank=True, db_default="", default="", editable=False)
    witnessed = models.BooleanField(default=True, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "number"], name="governance_decision_one_per_number"),
            models.CheckConstraint(
                condition=models.Q(state__in=DecisionState.values), name="governance_decision_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[DecisionState.DRAFT, DecisionState.WITHDRAWN])
                | models.Q(opened_at__isnull=False, closes_at__gt=models.F("opened_at")),
                name="governance_decision_window_when_opened",
            ),
        ]
        indexes = [models.Index(fields=["state", "closes_at"], name="governance_decision_due")]

    def __str__(self) -> str:
        return self.title

    @property
    def body(self) -> Body:
        """Who decides: its class's body; the members where too many seats were recused from it (`by_members`)."""
        return Body.MEMBERS if self.by_members else Body(self.decision_class.body)

    @property
    def sequel(self) -> "Decision | None":
        """The decision in which it goes on: none where there was none, or it was taken back."""
        return self.continued_by.exclude(state=DecisionState.WITHDRAWN).order_by("-number").first()

    @property
    def options(self) -> list[str]:
        """The other options that were weighed, in the order written."""
        return [line.strip() for line in self.alternatives.splitlines() if line.strip()]

    @property
    def is_decided(self) -> bool:
        """Is its outcome written down? What lapsed while it was open never has one."""
        return self.closed_at is not None


class Outcome(models.Model):
    """What was decided, with every figure it rests on. Never changed: a recount adds one, the highest number counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="outcomes")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="outcomes")
    number = models.PositiveSmallIntegerField()
    result = models.CharField(max_length=20, choices=Result)
    figures = models.JSONField()
    sentence = models.TextField()
    case = models.TextField()
    recorded_at = models.DateTimeField()
    witnessed = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="governance_outcome_one_per_number"),
            models.CheckConstraint(
                condition=models.Q(result__in=Result.values), name="governance_outcome_result_known"
            ),
        ]

    def __str__(self) -> str:
        return self.sentence
