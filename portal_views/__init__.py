"""The portal's pages for customers, members and the operator: named GraphQL documents shown by templates."""
