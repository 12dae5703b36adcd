"""Values without storage: actors, errors, identifiers, money, calendar, languages and translations."""
