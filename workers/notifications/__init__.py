"""Mails of outbox messages: words in two languages, a GraphQL document for their data, and one layout."""
