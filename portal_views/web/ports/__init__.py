"""Ports: what the pages need of the API beside GraphQL, as protocols that the API implements."""
