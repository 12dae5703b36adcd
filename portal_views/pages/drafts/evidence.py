"""Evidence that is given with the form of a draft: files that prove the customer's agreement."""

from starlette.datastructures import FormData

from portal_views.forms.form_parser import clean_text
from portal_views.forms.submission import SubmittedForm, idempotency_key, perform_action
from portal_views.web.page_context import PageContext
from portal_views.words.catalogue import translate

ATTACH_MUTATION, EVIDENCE = "orderAttachEvidence", "evidence"
FILES, TITLE = "evidenceFileIds", "evidenceTitle"


async def attach_evidence(context: PageContext, form: FormData, order_id: str) -> bool:
    """Attach the ticked files to the saved draft, if there are any; return whether nothing was refused."""
    file_ids = [clean_text(each) for each in form.getlist(FILES) if each]
    if not file_ids:
        return True
    action = {"mutation": ATTACH_MUTATION, "event": "order.attachEvidence", "subjectId": order_id, "inputs": []}
    key = idempotency_key(form)
    inputs = {
        "id": order_id,
        "title": clean_text(form.get(TITLE, "")) or translate(context.language, "draft.evidence_default"),
        "fileIds": file_ids,
        "idempotencyKey": key and f"{key[:90]}-{EVIDENCE}",
    }
    return not isinstance(await perform_action(context, action, form, inputs), SubmittedForm)
