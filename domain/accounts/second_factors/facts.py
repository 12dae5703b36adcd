"""SQL over an account `a`: whether it has a second factor, and whether it still owes one."""

HAS_TOTP = "EXISTS (SELECT 1 FROM totp_factors f WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL)"
HAS_PASSKEY = "EXISTS (SELECT 1 FROM passkeys p WHERE p.account_id = a.id)"
HAS_SECOND_FACTOR = f"({HAS_TOTP} OR {HAS_PASSKEY})"
IS_REQUIRED = """(a.roles && ARRAY['STAFF', 'FINANCE', 'ADMIN']
    AND EXISTS (SELECT 1 FROM operator_settings o WHERE o.staff_second_factor_required))"""
MUST_ADD_SECOND_FACTOR = f"({IS_REQUIRED} AND NOT {HAS_SECOND_FACTOR})"
