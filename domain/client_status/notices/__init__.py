"""Notices about a client status: when they leave, when they are held back, and when silence itself is one."""
