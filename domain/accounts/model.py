"""Accounts, and their sessions and bearer tokens, as rows."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField

from domain.kernel.actors import Role
from domain.kernel.base_model import Model
from domain.kernel.ids import new_id


class OrderAccess(StrEnum):
    """The orders that an employee sees and moves."""

    ALL = "ALL"
    ASSIGNED = "ASSIGNED"


class AccountStatus(StrEnum):
    """Whether an account may sign in: only an active one may. Of an erased one nothing personal is left."""

    INVITED = "INVITED"
    ACTIVE = "ACTIVE"
    DEACTIVATED = "DEACTIVATED"
    ERASED = "ERASED"


class TokenScope(StrEnum):
    """What a bearer token may do: read, or everything its account may do in the token's role."""

    READ = "READ"
    FULL = "FULL"


class Account(Model):
    """A person who signs in with an e-mail address and a password.

    `pending_email` is a new address that is not confirmed yet, `previous_email` the one it replaced, for as long as
    that can be undone. `device_generation` is in the tokens of known devices; a new one voids all of them.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    email = fields.CharField(max_length=320)
    name = fields.CharField(max_length=200)
    password_hash = fields.CharField(max_length=200, null=True)
    language = fields.CharField(max_length=2, default="de")
    roles: list[str] = ArrayField(element_type="text", default=list)
    must_change_password = fields.BooleanField(default=True)
    order_access = fields.CharEnumField(OrderAccess, max_length=16, default=OrderAccess.ALL)
    approval_limit_cents = fields.BigIntField(null=True)
    status = fields.CharEnumField(AccountStatus, max_length=16, default=AccountStatus.ACTIVE, db_default="ACTIVE")
    invitation_ends_at = fields.DatetimeField(null=True)
    pending_email = fields.CharField(max_length=320, null=True)
    previous_email = fields.CharField(max_length=320, null=True)
    email_change_ends_at = fields.DatetimeField(null=True)
    device_generation = fields.IntField(default=1, db_default=1)
    # Behind the secret address of its calendar.
    calendar_feed_id = fields.UUIDField(null=True, unique=True)
    # Groups of mails that its holder does without.
    unwanted_mails: list[str] = ArrayField(element_type="text", default=list, db_default=[])
    version = fields.IntField(default=1, db_default=1)
    created_at = fields.DatetimeField()

    class Meta:
        table = "accounts"


class Session(Model):
    """One signed-in browser; only the hash of its secret is stored. Expires in real time.

    With `viewing_customer_id` an employee sees the portal as that customer does, and changes nothing. `device` and
    `network` are shortened. `confirmed_at` is when its person last proved, in this session, who they are.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    account_id: UUID
    account: fields.ForeignKeyRelation["Account"] = fields.ForeignKeyField(
        "domain.Account", related_name="sessions", on_delete=fields.CASCADE
    )
    secret_hash = fields.CharField(max_length=64, unique=True)
    active_role = fields.CharEnumField(Role, max_length=16)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField(db_index=True)
    viewing_customer_id = fields.UUIDField(null=True)
    device = fields.CharField(max_length=80, default="", db_default="")
    network = fields.CharField(max_length=64, default="", db_default="")
    last_used_at = fields.DatetimeField(null=True)
    confirmed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "sessions"


class ApiToken(Model):
    """A bearer token of an integration; only the hash of its secret is stored. Expires in real time."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    account_id: UUID
    account: fields.ForeignKeyRelation["Account"] = fields.ForeignKeyField(
        "domain.Account", related_name="tokens", on_delete=fields.CASCADE
    )
    secret_hash = fields.CharField(max_length=64, unique=True)
    active_role = fields.CharEnumField(Role, max_length=16)
    label = fields.CharField(max_length=200)
    scope = fields.CharEnumField(TokenScope, max_length=8, default=TokenScope.FULL, db_default=TokenScope.FULL)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField(db_index=True)
    last_used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "api_tokens"
