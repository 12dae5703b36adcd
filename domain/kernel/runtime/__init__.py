"""The runtime of long-running processes: structured logs, circuit breakers and the garbage collector."""
