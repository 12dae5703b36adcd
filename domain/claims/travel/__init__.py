"""Travel allowances: rates by country and year as data, and what a journey gives by them."""
