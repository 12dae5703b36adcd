"""Status templates: colour, label and description of client statuses in both languages."""
