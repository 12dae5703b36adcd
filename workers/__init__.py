"""What runs beside the API: the command, start-up, the clock, letters and background jobs."""
