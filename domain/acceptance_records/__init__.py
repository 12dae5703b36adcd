"""Acceptance records: what was accepted, when and by whom, frozen with the acceptance and stored once as a PDF."""
