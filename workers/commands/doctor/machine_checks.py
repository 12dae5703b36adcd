"""Checks of the machine: the language, its folder, and what is installed beside them."""

import sys

from settings import Settings
from workers.commands.chromium import find_chromium
from workers.commands.doctor.check_result import CheckResult
from workers.supervision.var_folder import prepare_var_folder


async def python(settings: Settings) -> CheckResult:
    version = ".".join(map(str, sys.version_info[:3]))
    return CheckResult(
        name="Python", is_ok=sys.version_info >= (3, 11), detail=version, remedy="install Python 3.11 to 3.13"
    )


async def folder(settings: Settings) -> CheckResult:
    prepare_var_folder(settings.var_dir)
    return CheckResult(name="Folder", is_ok=True, detail=f"{settings.var_dir} can be written")


async def invoice_rules(settings: Settings) -> CheckResult:
    """The official rules by which electronic invoices are checked, with their versions."""
    from domain.billing.e_invoices.rules import versions

    detail = ", ".join(f"{name} {version}" for name, version in versions().items())
    return CheckResult(name="rules of e-invoices", is_ok=True, detail=detail)


async def chromium(settings: Settings) -> CheckResult:
    path = find_chromium()
    return CheckResult(
        name="Chromium",
        is_ok=path is not None,
        detail=path or "none",
        remedy="only browser tests need it: `make test` fetches it, or name one in WERKSTAND_CHROMIUM",
        is_required=False,
    )
