"""Running and completed orders that come from another system with their numbers, statuses and days."""
