"""Programme, party, user. Journeys and portals read these through queries."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from scf.network.values import account_number_mask


class User(AbstractUser):
    """A person who logs in; what they may do hangs on their memberships."""

    language = models.CharField(max_length=10, default="zh-hans")
    display_name = models.CharField(max_length=80, default="", blank=True)
    active_membership = models.ForeignKey(
        "network.Membership", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return self.display_name or self.username


class Party(models.Model):
    """A firm. The unified social credit code (or other tax id) is its identity."""

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, default="")
    tax_id = models.CharField(max_length=40, unique=True)
    group_name = models.CharField(max_length=120, default="", blank=True)
    sector = models.CharField(max_length=80, default="", blank=True)
    city = models.CharField(max_length=80, default="", blank=True)
    # Personal data: pages show it masked, risk is handed one-way keys of it only.
    legal_representative = models.CharField(max_length=120, default="", blank=True)
    phone = models.CharField(max_length=40, default="", blank=True)
    address = models.CharField(max_length=240, default="", blank=True)
    kyb_state = models.CharField(max_length=20, default="pending")
    kyb_expiry_date = models.DateField(null=True, blank=True)
    investor_class = models.CharField(max_length=30, default="none")
    # A small firm with a single user may waive its second pair of eyes, on record.
    four_eyes_waived_by = models.CharField(max_length=120, default="", blank=True)
    four_eyes_waived_at = models.DateTimeField(null=True, blank=True)
    quotes_opted_out = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class BankAccount(models.Model):
    """Where a party is paid. The number is shown masked everywhere."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="bank_accounts")
    holder_name = models.CharField(max_length=200)
    bank_name = models.CharField(max_length=200)
    bank_code = models.CharField(max_length=20, default="", blank=True)  # CNAPS or BIC
    number = models.CharField(max_length=40)
    currency = models.CharField(max_length=3, default="CNY")
    is_verified = models.BooleanField(default=False)
    is_primary = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["party", "number"], name="bank_account_once_a_party"),
            models.UniqueConstraint(
                fields=["party"],
                condition=models.Q(is_primary=True),
                name="bank_account_one_primary_a_party",
            ),
        ]

    @property
    def masked_number(self) -> str:
        return account_number_mask(self.number)

    def __str__(self) -> str:
        return f"{self.bank_name} {self.masked_number}"


class Programme(models.Model):
    """One anchor's platform, with its own book, escrow account and business date."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3, default="CNY")
    anchor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    platform = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    escrow_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="+")
    business_date = models.DateField()
    rule_pack = models.CharField(max_length=20, default="cn")
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class PartyRole(models.Model):
    """What a party is in a programme."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="party_roles")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "party", "kind"], name="party_role_once"),
        ]


class PartyCode(models.Model):
    """How a source system names a party: vendor 0000100023, customer 20001, company 1000."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    source_system = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)  # vendor, customer, company
    code = models.CharField(max_length=60)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="codes")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme", "source_system", "kind", "code"], name="party_code_once"
            ),
        ]


class Membership(models.Model):
    """A user's seat at one desk: role in a programme, for a party where the desk is a party's."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT)
    role = models.CharField(max_length=20)
    seat = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "programme", "party", "role"],
                name="membership_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["risk", "operations", "auditor"])
                | models.Q(party__isnull=False),
                name="membership_of_a_party_desk_names_the_party",
            ),
        ]


class Notification(models.Model):
    """A line in a user's inbox: a code with facts, put into words by the page."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    code = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)
    link = models.CharField(max_length=300, default="", blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "key"], name="notification_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "-created_at"], name="notification_inbox"),
        ]


class Approval(models.Model):
    """Four eyes on one act: what the maker asks for, and who else decided it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    # The desk whose checker decides; a party desk's approval names the party.
    role = models.CharField(max_length=20)
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=60)
    subject_ref = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    # What the maker saw; the checker approves exactly this.
    content_hash = models.CharField(max_length=64)
    amount_minor = models.BigIntegerField(null=True)
    maker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=20, default="pending")
    checker = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, default="", blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["verb", "subject_ref"],
                condition=models.Q(state="pending"),
                name="approval_one_pending_a_subject",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["pending", "approved", "refused", "withdrawn"]),
                name="approval_state_known",
            ),
            # The one exception is a firm that waived its second pair of eyes, on record.
            models.CheckConstraint(
                condition=models.Q(checker=None)
                | ~models.Q(checker=models.F("maker"))
                | models.Q(payload__has_key="four_eyes_waived"),
                name="approval_never_by_its_maker",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["programme", "role", "state"], name="approval_queue"),
        ]


class NumberSeries(models.Model):
    """The last number given under a prefix (claims CL-, quotes Q-); gaps are harmless."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=20)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "prefix"], name="number_series_once"),
        ]


class BusinessDay(models.Model):
    """One business date's end: who asked, how far it came, when it was done."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    closing_date = models.DateField()
    opening_date = models.DateField()
    state = models.CharField(max_length=10, default="closing")
    steps_done = models.PositiveIntegerField(default=0)
    requested_by = models.CharField(max_length=120)
    requested_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "closing_date"], name="business_day_once"),
            models.UniqueConstraint(
                fields=["programme"],
                condition=models.Q(state="closing"),
                name="business_day_one_closing",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["closing", "closed"])
                & models.Q(opening_date__gt=models.F("closing_date")),
                name="business_day_sane",
            ),
        ]
