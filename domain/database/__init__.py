"""Access to PostgreSQL: pools, read-only sessions, the clock, migrations, and rows about the system itself."""
