"""Processes beside the API: commands, supervision, the scheduler, notifications and the job queue."""
