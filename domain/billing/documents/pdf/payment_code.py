"""The GiroCode (EPC069-12) that banking apps read: whom to pay, how much, and what for."""

import io

from segno import helpers

from domain.billing.e_invoices.e_invoice import SEPA_TRANSFER, EInvoice

LONGEST_NAME = 70


def payment_code(invoice: EInvoice) -> str | None:
    """The code as an SVG image; None where the amount is not paid by a transfer in euros."""
    payment = invoice.payment
    if payment.means != SEPA_TRANSFER:
        return None
    code = helpers.make_epc_qr(
        name=payment.account_name[:LONGEST_NAME],
        iban=payment.iban,
        bic=payment.bic or None,
        amount=invoice.gross,
        text=invoice.number,
    )
    image = io.BytesIO()
    code.save(image, kind="svg", border=0, xmldecl=False, svgns=True)
    return image.getvalue().decode()
