"""The two GraphQL schemas, operations and portal, and the compiler that answers their reads."""
