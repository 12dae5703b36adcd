"""Claims and payment files."""
