"""Orders in both schemas: the orders themselves, and what changes in their offers from one to the next."""
