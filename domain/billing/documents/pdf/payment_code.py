"""The GiroCode (EPC069-12) that banking apps read: whom to pay, how much, and what for."""

import io
from decimal import Decimal

from segno import helpers

from domain.billing.e_invoices.e_invoice import SEPA_TRANSFER, EInvoice

LONGEST_NAME = 70


def payment_code(invoice: EInvoice) -> str | None:
    """The code as an SVG image; None where the amount is not paid by a transfer in euros."""
    payment = invoice.payment
    if payment.means != SEPA_TRANSFER:
        return None
    return transfer_code(
        name=payment.account_name,
        iban=payment.iban,
        bic=payment.bic,
        amount=invoice.gross,
        text=invoice.number,
    )


def transfer_code(*, name: str, iban: str, bic: str, amount: Decimal, text: str) -> str:
    """The code of a transfer in euros, as an SVG image."""
    code = helpers.make_epc_qr(name=name[:LONGEST_NAME], iban=iban, bic=bic or None, amount=amount, text=text)
    image = io.BytesIO()
    code.save(image, kind="svg", border=0, xmldecl=False, svgns=True)
    return image.getvalue().decode()
