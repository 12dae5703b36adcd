"""Second factors, sign-in in two steps, tokens with a scope, and sessions that their person recognises."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from domain.database.add_fields import grouped

from domain.accounts.model import TokenScope
from domain.database import ddl
from domain.kernel.ids import new_id

# They are looked up with every request of a session.
OF_ACCOUNT = ddl.index("passkeys_of_account", "passkeys (account_id)")

forward, backward = ddl.run(OF_ACCOUNT)


def _id() -> Any:
    return fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)


def _account(related_name: str) -> Any:
    return fields.ForeignKeyField(
        "domain.Account",
        source_field="account_id",
        db_constraint=True,
        to_field="id",
        related_name=related_name,
        on_delete=OnDelete.CASCADE,
    )


class Migration(migrations.Migration):
    """New tables, and columns of sessions, tokens and the operator's settings."""

    dependencies = [("domain", "0029_role_of_accounts")]
    operations = grouped(
        [
            ops.CreateModel(
                name="TotpFactor",
                fields=[
                    ("id", _id()),
                    (
                        "account",
                        fields.OneToOneField(
                            "domain.Account",
                            source_field="account_id",
                            db_constraint=True,
                            to_field="id",
                            related_name="totp_factor",
                            on_delete=OnDelete.CASCADE,
                        ),
                    ),
                    ("encrypted_secret", fields.BinaryField()),
                    ("last_step", fields.BigIntField(null=True)),
                    ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                    ("confirmed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ],
                options={
                    "table": "totp_factors",
                    "app": "domain",
                    "pk_attr": "id",
                    "table_description": "The app of an account that shows codes. It counts once a first code has confirmed it.",
                },
                bases=["Model"],
            ),
            ops.CreateModel(
                name="Passkey",
                fields=[
                    ("id", _id()),
                    ("account", _account("passkeys")),
                    ("name", fields.CharField(max_length=80)),
                    ("credential_id", fields.CharField(max_length=1400, unique=True)),
                    ("public_key", fields.BinaryField()),
                    ("sign_count", fields.BigIntField()),
                    ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                    ("last_used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ],
                options={
                    "table": "passkeys",
                    "app": "domain",
                    "pk_attr": "id",
                    "table_description": "A passkey of an account: the public half of a key that a device or a password manager keeps.",
                },
                bases=["Model"],
            ),
            ops.CreateModel(
                name="RecoveryCode",
                fields=[
                    ("id", _id()),
                    ("account", _account("recovery_codes")),
                    ("code_hash", fields.CharField(max_length=64)),
                ],
                options={
                    "table": "recovery_codes",
                    "app": "domain",
                    "unique_together": (("account_id", "code_hash"),),
                    "pk_attr": "id",
                    "table_description": "A code that replaces a lost factor once; only its hash is stored, and the row goes when it is used.",
                },
                bases=["Model"],
            ),
            ops.CreateModel(
                name="PendingSignIn",
                fields=[
                    ("id", _id()),
                    ("account", _account("pending_sign_ins")),
                    ("secret_hash", fields.CharField(unique=True, max_length=64)),
                    ("expires_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ],
                options={
                    "table": "pending_sign_ins",
                    "app": "domain",
                    "pk_attr": "id",
                    "table_description": "A browser that has shown the password and owes the second factor; only the hash of its secret is stored.",
                },
                bases=["Model"],
            ),
            ops.CreateModel(
                name="PasskeyChallenge",
                fields=[
                    ("id", _id()),
                    ("bearer", fields.CharField(unique=True, max_length=80)),
                    ("challenge", fields.BinaryField()),
                    ("expires_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ],
                options={
                    "table": "passkey_challenges",
                    "app": "domain",
                    "pk_attr": "id",
                    "table_description": "A challenge that a passkey signs once; `bearer` names the session or the browser it was given to.",
                },
                bases=["Model"],
            ),
            ops.AddField(
                model_name="Session", name="device", field=fields.CharField(max_length=80, default="", db_default="")
            ),
            ops.AddField(
                model_name="Session", name="network", field=fields.CharField(max_length=64, default="", db_default="")
            ),
            ops.AddField(model_name="Session", name="last_used_at", field=fields.DatetimeField(null=True)),
            ops.AddField(model_name="Session", name="confirmed_at", field=fields.DatetimeField(null=True)),
            ops.AddField(
                model_name="ApiToken",
                name="scope",
                field=fields.CharEnumField(
                    TokenScope,
                    description="READ: READ\nFULL: FULL",
                    max_length=8,
                    default=TokenScope.FULL,
                    db_default=TokenScope.FULL,
                ),
            ),
            ops.AddField(model_name="ApiToken", name="last_used_at", field=fields.DatetimeField(null=True)),
            ops.AddField(
                model_name="OperatorSettings",
                name="staff_second_factor_required",
                field=fields.BooleanField(default=False, db_default=False),
            ),
            ops.RunSQL(forward, backward),
        ]
    )
