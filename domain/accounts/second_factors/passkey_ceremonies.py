"""The ceremonies of WebAuthn: options for the browser, and the verification of what it answers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from domain.accounts.second_factors.passkeys import ListedPasskey, PasskeyOwner, RelyingParty, list_passkeys
from domain.kernel.errors import Refused, guard_failed, invalid
from domain.kernel.ids import new_id

MOST_PASSKEYS, MAX_NAME_LENGTH = 20, 80
INSERT = """
INSERT INTO passkeys (id, account_id, name, credential_id, public_key, sign_count, created_at)
VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp()) ON CONFLICT (credential_id) DO NOTHING RETURNING id"""
SELECT_KEY = "SELECT id, account_id, public_key, sign_count FROM passkeys WHERE credential_id = $1 FOR UPDATE"
USED = "UPDATE passkeys SET sign_count = $2, last_used_at = clock_timestamp() WHERE id = $1"


def registration_options(
    site: RelyingParty, owner: PasskeyOwner, challenge: bytes, known: Sequence[ListedPasskey]
) -> str:
    """The options of `navigator.credentials.create`, as JSON."""
    return options_to_json(
        generate_registration_options(
            rp_id=site.id,
            rp_name="Werkstand",
            user_id=owner.account_id.bytes,
            user_name=owner.email,
            user_display_name=owner.name,
            challenge=challenge,
            exclude_credentials=_descriptors(known),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.PREFERRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
        )
    )


def authentication_options(site: RelyingParty, challenge: bytes, known: Sequence[ListedPasskey] = ()) -> str:
    """The options of `navigator.credentials.get`, as JSON; without known passkeys the device offers its own."""
    return options_to_json(
        generate_authentication_options(
            rp_id=site.id,
            challenge=challenge,
            allow_credentials=_descriptors(known),
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    )


async def register(
    connection: BaseDBAsyncClient,
    site: RelyingParty,
    account_id: UUID,
    *,
    name: str,
    credential: str,
    challenge: bytes | None,
) -> None:
    """Add a passkey. Refused without a name, when its answer does not verify, or when it is registered already."""
    label = name.strip()
    if not label or len(label) > MAX_NAME_LENGTH:
        raise Refused(invalid("passkey_name_missing", "name", longest=MAX_NAME_LENGTH))
    if len(await list_passkeys(connection, account_id)) >= MOST_PASSKEYS:
        raise Refused(guard_failed("too_many_passkeys", most=MOST_PASSKEYS))
    verified = _verify_registration(site, credential, challenge)
    values: list[Any] = [new_id(), account_id, label, bytes_to_base64url(verified.credential_id)]
    values += [verified.credential_public_key, verified.sign_count]
    if not await connection.execute_query_dict(INSERT, values):
        raise Refused(guard_failed("passkey_exists"))


async def verify(
    connection: BaseDBAsyncClient, site: RelyingParty, *, credential: str, challenge: bytes | None
) -> UUID | None:
    """The account whose passkey signed this challenge, with its person verified; nothing when that does not hold."""
    try:
        named = bytes_to_base64url(parse_authentication_credential_json(credential).raw_id)
        rows = await connection.execute_query_dict(SELECT_KEY, [named])
        if not rows or challenge is None:
            return None
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.id,
            expected_origin=site.origin,
            credential_public_key=bytes(rows[0]["public_key"]),
            credential_current_sign_count=rows[0]["sign_count"],
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError):
        return None
    await connection.execute_query(USED, [rows[0]["id"], verified.new_sign_count])
    account_id: UUID = rows[0]["account_id"]
    return account_id


def _verify_registration(site: RelyingParty, credential: str, challenge: bytes | None) -> Any:
    try:
        if challenge is None:
            raise ValueError("no challenge is open")
        return verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.id,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError) as error:
        raise Refused(guard_failed("passkey_not_verified")) from error


def _descriptors(known: Sequence[ListedPasskey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(each.credential_id)) for each in known]
