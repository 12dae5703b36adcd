"""The portal schema: what customers read of their orders."""
