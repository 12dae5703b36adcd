"""What both schemas tell of the day of a delivery and of the record of its acceptance."""
