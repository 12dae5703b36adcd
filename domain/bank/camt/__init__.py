"""Reader of bank statements in ISO 20022 CAMT.053, versions 02 and 08."""
