"""PostGraphile 5 over the same database: what a server that is made from the tables needs for the same pages.

It is asked for less, neither lateness nor staleness, and knows nobody: whoever asks sees every row.
"""

import subprocess
from pathlib import Path
from shutil import which

HERE = Path(__file__).parent
NODE = HERE / "node_modules/.bin/node"

STATUS = "clientStatusByOrderId { visibility labelEn color expectedOn }"
INVOICE = "provisionalNumber status netCents"
ORDERS = f"""{{ allOrders(first: 50, orderBy: [CREATED_AT_DESC, ROW_ID_DESC], condition: {{deletedAt: null}}) {{
    nodes {{ rowId number project status createdAt customerByCustomerId {{ legalName }} {STATUS}
        deliveriesByOrderId(first: 1, orderBy: POSITION_DESC) {{ nodes {{ status deliveredAt }} }}
        invoicesByOrderId {{ nodes {{ {INVOICE} }} }}
        billableLinesByOrderId {{ nodes {{ invoiceByInvoiceId {{ {INVOICE} }} }} }} }}
    pageInfo {{ hasNextPage }} }} }}"""
BOARD = f"""query ($id: UUID!) {{ pipelineByRowId(rowId: $id) {{ nameEn showsClientStatus
    stagesByPipelineId(orderBy: POSITION_ASC) {{ nodes {{ nameEn color cardLimit
        ordersByStageId(first: 20, orderBy: [STAGE_ENTERED_AT_ASC, ROW_ID_ASC],
            condition: {{archivedAt: null, deletedAt: null}}) {{ totalCount
            nodes {{ rowId number project tags memberByMemberId {{ name }} customerByCustomerId {{ legalName }}
                assignmentsByOrderId {{ nodes {{ accountByAccountId {{ name }} }} }} {STATUS} }} }} }} }} }} }}"""


def installed() -> tuple[str, ...] | None:
    """The command that serves it, installed beside this file where npm is at hand; nothing without npm."""
    npm = which("npm")
    if npm is None:
        return None
    if not NODE.exists():
        subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=HERE, check=True, stdout=subprocess.DEVNULL)
    return str(NODE), str(HERE / "server.mjs")
