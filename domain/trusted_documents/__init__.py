"""Documents of operations that the operator trusts, by their ids."""
