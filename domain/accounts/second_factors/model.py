"""Second factors as rows, with the pending sign-ins and challenges of their proof. All expire in real time."""

from uuid import UUID

from tortoise import fields

from domain.accounts.model import Account
from domain.kernel.base_model import Model
from domain.kernel.ids import new_id


class TotpFactor(Model):
    """The app of an account that shows codes. It counts once a first code has confirmed it.

    The secret is encrypted. `last_step` is the period of the last accepted code: no code is accepted twice.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    account_id: UUID
    account: fields.OneToOneRelation[Account] = fields.OneToOneField(
        "domain.Account", related_name="totp_factor", on_delete=fields.CASCADE
    )
    encrypted_secret = fields.BinaryField()
    last_step = fields.BigIntField(null=True)
    created_at = fields.DatetimeField()
    confirmed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "totp_factors"


class Passkey(Model):
    """A passkey of an account: the public half of a key that a device or a password manager keeps.

    `credential_id` is written in base64url.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    account_id: UUID
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "domain.Account", related_name="passkeys", on_delete=fields.CASCADE
    )
    name = fields.CharField(max_length=80)
    credential_id = fields.CharField(max_length=1400, unique=True)
    public_key = fields.BinaryField()
    sign_count = fields.BigIntField()
    created_at = fields.DatetimeField()
    last_used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "passkeys"


class RecoveryCode(Model):
    """A code that replaces a lost factor once; only its hash is stored, and the row goes when it is used."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    account_id: UUID
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "domain.Account", related_name="recovery_codes", on_delete=fields.CASCADE
    )
    code_hash = fields.CharField(max_length=64)

    class Meta:
        table = "recovery_codes"
        unique_together = (("account_id", "code_hash"),)


class PendingSignIn(Model):
    """A browser that has shown the password and owes the second factor; only the hash of its secret is stored."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    account_id: UUID
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "domain.Account", related_name="pending_sign_ins", on_delete=fields.CASCADE
    )
    secret_hash = fields.CharField(max_length=64, unique=True)
    expires_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "pending_sign_ins"


class PasskeyChallenge(Model):
    """A challenge that a passkey signs once; `bearer` names the session or the browser it was given to."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    bearer = fields.CharField(max_length=80, unique=True)
    challenge = fields.BinaryField()
    expires_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "passkey_challenges"
