"""Exports of the ledger: invoices, cancellations, payments and write-offs of a period, for the tax consultant."""
