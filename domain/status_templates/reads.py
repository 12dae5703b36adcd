"""SQL of status templates that other nouns use; the template is `$1`."""

# A shared lock: a retirement at the same moment waits, and then finds what refers to the template.
LOCK_ACTIVE_STATUS_TEMPLATE = "SELECT id FROM status_templates WHERE id = $1 AND state = 'ACTIVE' FOR SHARE"
