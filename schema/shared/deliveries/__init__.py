"""Deliveries in both schemas: the deliveries themselves, proposed days, and the records of acceptances."""
