"""The operator of the platform: one audited row of settings."""
