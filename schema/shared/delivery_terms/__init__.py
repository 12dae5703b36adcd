"""Terms of delivery in both schemas: proposed days, and the records of acceptances."""
