"""The dates of one account as an iCalendar feed behind a secret address."""
