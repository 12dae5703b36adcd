"""Second factors of an account: codes of an app, passkeys and recovery codes, and sign-in in two steps."""
