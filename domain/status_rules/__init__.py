"""The rules that hold for all client statuses: the quiet period, when one is stale, when digests are sent."""
