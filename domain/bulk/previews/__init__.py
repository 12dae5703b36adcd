"""Previews of bulk operations: what a dry run foresees, and the selection that it hands on."""
