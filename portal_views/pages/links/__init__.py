"""Pages behind mailed links, for visitors who are not signed in."""
