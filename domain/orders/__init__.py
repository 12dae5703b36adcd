"""Orders: from a member's draft through review and confirmation to completion."""
