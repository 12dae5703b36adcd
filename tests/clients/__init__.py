"""Common GraphQL clients against a running system, each with its defaults; `make test-clients` runs them."""
