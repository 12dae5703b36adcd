"""Bank files: what the operator's bank booked, and the payments of receivables that are recognized in it."""
