"""Contacts: the people at a customer who are asked, told and mailed."""
