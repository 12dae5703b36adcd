"""Claims of members on their budgets, and payment files, as they and finance see them."""
