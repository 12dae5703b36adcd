"""What every noun shares: the lifecycle engine, actors, errors, time and money."""
