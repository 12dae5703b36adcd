"""The data of a person: the export as one document, and the records that stay (articles 15, 17 and 20 GDPR)."""
