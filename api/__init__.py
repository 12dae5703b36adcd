"""The ASGI application: sign-in, GraphQL endpoints, subscriptions, health, and the portal's pages mounted."""
