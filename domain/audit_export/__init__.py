"""The export for auditors: documents, register, events and proof of a period, as one ZIP that is never held whole."""
