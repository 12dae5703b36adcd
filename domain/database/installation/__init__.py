"""Installation and upgrades of a database: its tables, their migrations, and the privileges of the runtime role."""
