"""Messages of the outbox as people see them: who was written to, what became of it, and sending it again."""
