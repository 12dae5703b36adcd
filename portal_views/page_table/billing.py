"""Pages of lines, invoices, what is paid of them, budgets and the bank."""

from portal_views.page_table.route import PageRoute, for_each_role
from portal_views.pages import create_pages, customer_portal
from portal_views.pages.billing import (
    bank,
    budgets,
    claims,
    draft_prints,
    dunning,
    invoice_runs,
    invoices_and_lines,
    ledger_exports,
    payment_files,
    proposed_invoices,
    receivables,
    register,
)
from portal_views.web.roles import FINANCE_ROLES

BILLING_PAGES = (
    PageRoute("/invoices/propose", {"MEMBER": proposed_invoices.new_proposal}, accepts_post=True),
    PageRoute("/invoices/new", for_each_role(create_pages.new_invoice, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/invoices/drafts", for_each_role(draft_prints.draft_prints, *FINANCE_ROLES), accepts_post=True),
    PageRoute(
        "/invoices",
        {
            "CUSTOMER": customer_portal.invoice_list,
            **for_each_role(invoices_and_lines.invoice_list, "MEMBER", *FINANCE_ROLES),
        },
    ),
    PageRoute("/invoices/{id}/issue", for_each_role(invoices_and_lines.issue, *FINANCE_ROLES), accepts_post=True),
    PageRoute(
        "/invoices/{id}",
        {
            "CUSTOMER": customer_portal.invoice,
            **for_each_role(invoices_and_lines.invoice, "MEMBER", *FINANCE_ROLES),
        },
        accepts_post=True,
    ),
    PageRoute(
        "/runs/new", for_each_role(invoice_runs.RUN_SELECTION.create_handler(), *FINANCE_ROLES), accepts_post=True
    ),
    PageRoute("/runs", for_each_role(invoice_runs.run_list, *FINANCE_ROLES)),
    PageRoute("/runs/{id}", for_each_role(invoice_runs.run, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/runs/{id}/issue", for_each_role(invoice_runs.issue, *FINANCE_ROLES), accepts_post=True),
    PageRoute(
        "/runs/{id}/edit",
        for_each_role(invoice_runs.RUN_SELECTION.amend_handler(), *FINANCE_ROLES),
        accepts_post=True,
    ),
    PageRoute("/receivables", for_each_role(receivables.receivable_list, *FINANCE_ROLES)),
    PageRoute("/receivables/dunning", for_each_role(dunning.dunning_run, *FINANCE_ROLES)),
    PageRoute("/receivables/{id}", for_each_role(receivables.receivable, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/budget", {"MEMBER": budgets.own_budget}),
    PageRoute("/budgets", for_each_role(budgets.budget_list, *FINANCE_ROLES)),
    PageRoute("/budgets/{id}", for_each_role(budgets.budget, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/budgets/{id}/entries", for_each_role(budgets.entry_list, "MEMBER", *FINANCE_ROLES)),
    PageRoute("/claims", for_each_role(claims.claim_list, "MEMBER", *FINANCE_ROLES)),
    PageRoute("/claims/new", {"MEMBER": claims.DRAFT_PAGE.create_handler()}, accepts_post=True),
    PageRoute("/claims/{id}", for_each_role(claims.claim, "MEMBER", *FINANCE_ROLES), accepts_post=True),
    PageRoute("/claims/{id}/edit", {"MEMBER": claims.DRAFT_PAGE.amend_handler()}, accepts_post=True),
    PageRoute("/payment-files", for_each_role(payment_files.file_list, *FINANCE_ROLES)),
    PageRoute("/payment-files/new", for_each_role(payment_files.new_file, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/payment-files/{id}", for_each_role(payment_files.payment_file, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/payment-files/{id}/download", for_each_role(payment_files.download, *FINANCE_ROLES)),
    PageRoute("/bank", for_each_role(bank.transaction_list, *FINANCE_ROLES)),
    PageRoute("/bank/import", for_each_role(bank.new_file, *FINANCE_ROLES), accepts_post=True, max_files=1),
    PageRoute("/bank/files/{id}", for_each_role(bank.bank_file, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/bank/transactions/{id}", for_each_role(bank.transaction, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/lines/new", for_each_role(create_pages.new_line, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/lines", for_each_role(invoices_and_lines.line_list, *FINANCE_ROLES)),
    PageRoute("/lines/{id}", for_each_role(invoices_and_lines.line, *FINANCE_ROLES), accepts_post=True),
    PageRoute("/postings", for_each_role(ledger_exports.ledger_exports, *FINANCE_ROLES)),
    PageRoute("/register", for_each_role(register.number_register, *FINANCE_ROLES)),
)
