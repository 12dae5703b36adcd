"""What people see of their own accounts alone."""
