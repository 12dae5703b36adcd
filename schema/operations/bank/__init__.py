"""Bank files and their transactions as finance sees them."""
