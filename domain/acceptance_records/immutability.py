"""SQL of the table of records: whole rows, never changed, each document requested once."""

from domain.acceptance_records.statements import EARLIER_ACCEPTANCES, EARLIER_REQUESTS
from domain.billing.immutability import no_truncate_trigger
from domain.database import ddl
from domain.verification import sealed_tables

SILENCE_HAS_NO_PERSON = ddl.check(
    "acceptance_records", "acceptance_records_person", "(accepted_by = 'CUSTOMER') = (person IS NOT NULL)"
)
WHOLE_HASH = ddl.check(
    "acceptance_documents", "acceptance_documents_whole_hash", "sha256 ~ '^[0-9a-f]{64}$' AND size > 0"
)
ONE_SUBJECT = ddl.check(
    "document_jobs",
    "document_jobs_one_subject",
    "(kind = 'ACCEPTANCE') = (delivery_id IS NOT NULL) AND num_nonnulls(invoice_id, delivery_id) = 1",
)
ONE_JOB = ddl.index(
    "document_jobs_of_delivery", "document_jobs (delivery_id) WHERE delivery_id IS NOT NULL", unique=True
)

STATEMENTS = (
    SILENCE_HAS_NO_PERSON,
    WHOLE_HASH,
    ONE_SUBJECT,
    ONE_JOB,
    ddl.insert_only("acceptance_records"),
    ddl.insert_only("acceptance_documents"),
    no_truncate_trigger("acceptance_records"),
    no_truncate_trigger("acceptance_documents"),
    *sealed_tables.statements_of(sealed_tables.ACCEPTANCE_RECORDS),
    *sealed_tables.statements_of(sealed_tables.ACCEPTANCE_DOCUMENTS),
    EARLIER_ACCEPTANCES,
    EARLIER_REQUESTS,
)
