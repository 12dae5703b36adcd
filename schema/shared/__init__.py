"""What both schemas share: scalars, pagination, filters."""
