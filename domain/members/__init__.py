"""Members: their membership, and the address and bank account that the operator confirms."""
