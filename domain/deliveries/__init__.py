"""Deliveries: versions of finished work and the customer's review of them."""
