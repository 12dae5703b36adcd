"""The routes of the portal: its pages, sign-in and security, mailed links, and what stands around them."""

from collections.abc import Sequence

from starlette.routing import BaseRoute, Mount, Route

from portal_views.page_table import PAGES, PageRoute
from portal_views.pages import impersonation, site_pages
from portal_views.pages.account import account_pages, first_run, own_account, second_step
from portal_views.pages.administration import personal_data
from portal_views.pages.links import mailed_links, unsubscribe
from portal_views.pages.security import administration, factors, tokens
from portal_views.pages.security import overview as security
from portal_views.pages.security.page import SecurityHandler, security_endpoint
from portal_views.web import live_updates
from portal_views.web.assets import StaticAssets
from portal_views.web.page_context import PageDependencies, role_endpoint
from portal_views.web.site import LEGAL_TEXTS

GET, POST, GET_AND_POST = ("GET",), ("POST",), ("GET", "POST")


SECURITY_PAGES: tuple[tuple[str, SecurityHandler, Sequence[str]], ...] = (
    ("/security", security.overview, GET),
    ("/security/confirm", security.confirm, GET_AND_POST),
    ("/security/sessions/end", security.end_session, POST),
    ("/security/recovery-codes", security.renew_recovery_codes, POST),
    ("/security/tokens/new", tokens.new_token, GET_AND_POST),
    ("/security/tokens/revoke", tokens.revoke_token, POST),
    ("/security/totp", factors.totp, GET_AND_POST),
    ("/security/totp/start", factors.start_totp, POST),
    ("/security/totp/remove", factors.remove_totp, POST),
    ("/security/passkeys/new", factors.new_passkey, GET_AND_POST),
    ("/security/passkeys/options", factors.passkey_options, POST),
    ("/security/passkeys/remove", factors.remove_passkey, POST),
    ("/security/accounts", administration.protected_accounts, GET_AND_POST),
)


def routes(dependencies: PageDependencies, subscribe_changes: live_updates.ChangeStream) -> list[BaseRoute]:
    """All routes of the portal; `subscribe_changes` is the source of live updates."""
    pages = [_page_route(dependencies, page) for page in PAGES]
    mailed = [
        Route("/l/{token}", mailed_links.mailed_link_page(dependencies), methods=["GET", "POST"]),
        Route("/u/{token}", unsubscribe.unsubscribe_page(dependencies), methods=["GET", "POST"]),
    ]
    setup = Route("/first-run/{token}", first_run.first_run(dependencies), methods=["GET", "POST"])
    feed = Route("/live", live_updates.live_updates(dependencies, subscribe_changes), methods=["GET"])
    return [
        *_account_routes(dependencies),
        *_security_routes(dependencies),
        *_impersonation_routes(dependencies),
        *pages,
        *mailed,
        setup,
        *_site_routes(dependencies),
        feed,
        Mount("/static", StaticAssets(), name="static"),
    ]


def _site_routes(dependencies: PageDependencies) -> list[BaseRoute]:
    return [
        *(Route(f"/{name}", site_pages.legal_text(dependencies, name), methods=["GET"]) for name in LEGAL_TEXTS),
        Route("/branding/logo.png", site_pages.logo(dependencies), methods=["GET"]),
        Route("/branding.css", site_pages.branding_style(dependencies), methods=["GET"]),
    ]


def _page_route(dependencies: PageDependencies, page: PageRoute) -> Route:
    methods = ["GET", "POST"] if page.accepts_post else ["GET"]
    return Route(page.path, role_endpoint(dependencies, page.handlers, max_files=page.max_files), methods=methods)


def _impersonation_routes(dependencies: PageDependencies) -> list[BaseRoute]:
    return [
        Route("/viewing/hidden", impersonation.hidden_items_page(dependencies), methods=["GET"]),
        Route("/viewing/leave", impersonation.stop_impersonation(dependencies), methods=["POST"]),
    ]


def _security_routes(dependencies: PageDependencies) -> list[BaseRoute]:
    return [
        Route(path, security_endpoint(dependencies, handler), methods=methods)
        for path, handler, methods in SECURITY_PAGES
    ]


def _account_routes(dependencies: PageDependencies) -> list[BaseRoute]:
    return [
        Route("/sign-in", account_pages.sign_in(dependencies), methods=["GET", "POST"]),
        Route("/forgot-password", own_account.forgot_password(dependencies), methods=["GET", "POST"]),
        Route("/account", own_account.own_account(dependencies), methods=["GET", "POST"]),
        Route(
            "/account/data",
            personal_data.own_personal_data(dependencies, personal_data.as_json),
            methods=["GET"],
        ),
        Route(
            "/account/data/page",
            personal_data.own_personal_data(dependencies, personal_data.as_page),
            methods=["GET"],
        ),
        Route("/sign-in/second-factor", second_step.second_factor(dependencies), methods=["GET", "POST"]),
        Route("/sign-in/second-factor/options", second_step.pending_options(dependencies), methods=["POST"]),
        Route("/sign-in/passkey", second_step.passkey_sign_in(dependencies), methods=["POST"]),
        Route("/sign-in/passkey/options", second_step.passkey_options(dependencies), methods=["POST"]),
        Route("/password", account_pages.change_password(dependencies), methods=["GET", "POST"]),
        Route("/sign-out", account_pages.sign_out(dependencies), methods=["POST"]),
        Route("/role", account_pages.switch_role(dependencies), methods=["POST"]),
        Route("/language", account_pages.change_language(dependencies), methods=["POST"]),
    ]
