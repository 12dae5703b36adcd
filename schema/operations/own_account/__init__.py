"""Fields of the viewer's own account."""
