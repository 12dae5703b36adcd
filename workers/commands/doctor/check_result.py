"""The result of one check, and what helps where the check fails."""

from dataclasses import dataclass

TIMEOUT_SECONDS = 5
START_HINT = "start `make run` in another terminal"


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """The result of one check; `remedy` is the action when it fails."""

    name: str
    is_ok: bool
    detail: str
    remedy: str = ""
    is_required: bool = True

    def __str__(self) -> str:
        mark = "ok  " if self.is_ok else ("FAIL" if self.is_required else "note")
        remedy = f" - {self.remedy}" if self.remedy and not self.is_ok else ""
        return f"{mark}  {self.name}: {self.detail}{remedy}"


# By the name of the check: what it looks at, and the action when it fails.
REMEDIES: dict[str, tuple[str, str]] = {
    "python": ("Python", "install Python 3.11 to 3.13"),
    "folder": ("Folder", "make it writable, or name another one in WERKSTAND_VAR_DIR"),
    "database": ("PostgreSQL", f"{START_HINT}, or correct DATABASE_URL"),
    "migrations": ("Migrations", "run `werkstand migrate`"),
    "privileges": ("Privileges", "use two roles, see docs/operations.md: DATABASE_URL and DATABASE_OWNER_URL"),
    "clock": ("Clock", f"run `werkstand clock`, or {START_HINT}"),
    "punctuality": ("Punctuality", "more schedulers, or a faster database: see docs/operations.md"),
    "verification": ("History", "run `werkstand verify`, see docs/verification.md"),
    "redis": ("Redis", f"{START_HINT}, correct REDIS_URL, or leave it empty"),
    "mail": ("Mail", f"{START_HINT}, or correct SMTP_URL"),
    "storage": ("Storage", "correct STORAGE_URL, or make the folder writable"),
    "virus_scanner": ("Virus scanner", "start clamd, or correct CLAMD_URL: until then files wait to be checked"),
    "invoice_rules": ("rules of e-invoices", "install Werkstand anew: its rules are part of it"),
    "proxies": ("Proxies", "name the proxy in front in WERKSTAND_TRUSTED_PROXIES"),
    "chromium": ("Chromium", "set WERKSTAND_CHROMIUM"),
}
