"""What a client is told about an order, apart from where it really stands."""
