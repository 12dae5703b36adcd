"""Claims of members on their budgets: expenses, travel, direct payments and payouts, and how they are paid."""
