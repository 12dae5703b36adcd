"""SQL with which other nouns look up a member or a customer; the id is `$1`."""

SELECT_MEMBER = "SELECT id FROM members WHERE id = $1"
SELECT_CUSTOMER = "SELECT id FROM customers WHERE id = $1"
