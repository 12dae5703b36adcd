"""SQL that requests work on documents: a check whenever the contents of a draft change, by any path.

The fingerprint covers everything that the rules judge, so that a check holds for exactly the contents it has seen.
"""

FINGERPRINT = (
    """CREATE FUNCTION invoice_fingerprint(invoice uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT md5(jsonb_build_array(i.kind, i.currency, i.payment_days,
        (SELECT jsonb_agg(jsonb_build_array(x.position, x.text, x.service_from, x.service_to, x.quantity,
                x.unit_price_cents, x.vat_category, x.vat_rate, x.net_cents) ORDER BY x.position)
            FROM invoice_items x WHERE x.invoice_id = i.id),
        (SELECT jsonb_build_array(c.legal_name, c.street, c.postcode, c.city, c.country, c.vat_id, c.invoice_email,
                c.document_format, c.buyer_reference, c.electronic_address, c.electronic_address_scheme)
            FROM customers c WHERE c.id = i.customer_id),
        (SELECT jsonb_build_array(s.name_de, s.name_en, s.street, s.postcode, s.city, s.country, s.email,
                s.contact_name, s.phone, s.vat_id, s.tax_number, s.tax_regime, s.iban, s.bic)
            FROM operator_settings s))::text)
    FROM invoices i WHERE i.id = invoice $$""",
    "DROP FUNCTION invoice_fingerprint(uuid)",
)
FINGERPRINT_WITH_RATE = (
    FINGERPRINT[0]
    .replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    .replace("i.payment_days,", "i.payment_days, i.exchange_rate,"),
    FINGERPRINT[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
)
REQUEST = """INSERT INTO document_jobs (id, invoice_id, kind, next_attempt_at, created_at)
        SELECT uuidv7(), i.id, 'CHECK', clock_timestamp(), clock_timestamp() FROM invoices i
        WHERE i.number IS NULL AND i.kind = 'INVOICE' AND i.status <> 'CANCELED' AND {which}
        ORDER BY i.id
        ON CONFLICT (invoice_id, kind) DO UPDATE SET state = 'PENDING', generation = document_jobs.generation + 1,
            attempts = 0, next_attempt_at = excluded.next_attempt_at, last_error = NULL;"""


def _function(name: str, which: str) -> tuple[str, str]:
    return (
        f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        {REQUEST.format(which=which)}
        RETURN NULL; END $$""",
        f"DROP FUNCTION {name}()",
    )


def _trigger(table: str, events: str, function: str, level: str) -> tuple[str, str]:
    return (
        f"CREATE TRIGGER {table}_request_checks AFTER {events} ON {table} {level} EXECUTE FUNCTION {function}()",
        f"DROP TRIGGER {table}_request_checks ON {table}",
    )


BY_ITEMS = _function("check_invoices_of_items", "i.id IN (SELECT n.invoice_id FROM new_items n)")
BY_CUSTOMER = _function("check_invoices_of_customer", "i.customer_id = NEW.id")
BY_INVOICE = _function("check_invoice", "i.id = NEW.id")
BY_OPERATOR = _function("check_all_invoices", "TRUE")
CHANGED = "FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)"
ITEMS_TRIGGER = _trigger(
    "invoice_items",
    "INSERT",
    "check_invoices_of_items",
    "REFERENCING NEW TABLE AS new_items FOR EACH STATEMENT",
)
CUSTOMERS_TRIGGER = _trigger("customers", "UPDATE", "check_invoices_of_customer", CHANGED)
INVOICES_TRIGGER = _trigger(
    "invoices",
    "UPDATE OF customer_id, status",
    "check_invoice",
    """FOR EACH ROW WHEN (OLD.customer_id <> NEW.customer_id
        OR OLD.status = 'CANCELED' AND NEW.status <> 'CANCELED')""",
)
OPERATOR_TRIGGER = _trigger("operator_settings", "UPDATE", "check_all_invoices", CHANGED)
# A request to verify the history changes nothing that a rule judges.
OPERATOR_CHANGES = (
    f"{OPERATOR_TRIGGER[1]}; "
    + _trigger(
        "operator_settings",
        "UPDATE",
        "check_all_invoices",
        """FOR EACH ROW WHEN (to_jsonb(OLD) - 'version' - 'verification_requested_at'
        IS DISTINCT FROM to_jsonb(NEW) - 'version' - 'verification_requested_at')""",
    )[0],
    f"{OPERATOR_TRIGGER[1]}; {OPERATOR_TRIGGER[0]}",
)
# What of the operator the fingerprint covers; other settings let every check stand.
JUDGED_OF_OPERATOR = (
    *("name_de", "name_en", "street", "postcode", "city", "country", "email", "contact_name", "phone"),
    *("vat_id", "tax_number", "tax_regime", "iban", "bic"),
)
OPERATOR_IS_JUDGED_ANEW = (
    f"{OPERATOR_TRIGGER[1]}; "
    + _trigger(
        "operator_settings",
        "UPDATE",
        "check_all_invoices",
        f"""FOR EACH ROW WHEN (({", ".join(f"OLD.{name}" for name in JUDGED_OF_OPERATOR)})
        IS DISTINCT FROM ({", ".join(f"NEW.{name}" for name in JUDGED_OF_OPERATOR)}))""",
    )[0],
    OPERATOR_CHANGES[0],
)
# Drafts and documents from before are worked on once.
EARLIER_DRAFTS = (REQUEST.format(which="TRUE").rstrip(";"), "SELECT 1")
EARLIER_DOCUMENTS = (
    """INSERT INTO document_jobs (id, invoice_id, kind, next_attempt_at, created_at)
    SELECT uuidv7(), i.id, 'RENDERING', clock_timestamp(), clock_timestamp() FROM invoices i
    WHERE i.number IS NOT NULL""",
    "SELECT 1",
)
STATEMENTS = (
    FINGERPRINT,
    BY_ITEMS,
    BY_CUSTOMER,
    BY_INVOICE,
    BY_OPERATOR,
    ITEMS_TRIGGER,
    CUSTOMERS_TRIGGER,
    INVOICES_TRIGGER,
    OPERATOR_TRIGGER,
    EARLIER_DRAFTS,
    EARLIER_DOCUMENTS,
)
