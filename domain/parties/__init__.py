"""Members who provide, customers who order, and the contacts of customers."""
