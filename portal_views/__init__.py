"""The pages that customers, members and staff see: named GraphQL documents shown by templates."""
