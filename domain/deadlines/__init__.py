"""Deadlines at work: the sweep, the firing of one deadline, and the lifecycle that people see."""
