"""SQL of order templates that other nouns use; the template is `$1`."""

# A shared lock: a retirement at the same moment waits, and then finds what refers to the template.
LOCK_ACTIVE_ORDER_TEMPLATE = "SELECT id FROM order_templates WHERE id = $1 AND state = 'ACTIVE' FOR SHARE"
# The weakest lock that keeps the template active until the order exists.
LOCK_FOR_CREATION = "SELECT id FROM order_templates WHERE id = $1 AND state = 'ACTIVE' FOR KEY SHARE"
