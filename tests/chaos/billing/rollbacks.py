"""Forced rollbacks: transactions that take a number fail at their very end, by chance, all over again or for good."""

from tests.chaos.connection import Administrator

COUNTER = "forced_rollbacks"
SHARE = 0.3
# Half of them are conflicts, which the API meets by another attempt; the others it answers as a failure of its own.
# What a sequence counts is not rolled back.
PREPARATIONS = (
    f"CREATE SEQUENCE {COUNTER}",
    f"""CREATE FUNCTION roll_back_by_chance() RETURNS trigger SECURITY DEFINER LANGUAGE plpgsql AS $$ BEGIN
        IF random() < {SHARE} THEN
            PERFORM nextval('public.{COUNTER}');
            IF random() < 0.5 THEN
                RAISE serialization_failure USING MESSAGE = 'rolled back by force';
            END IF;
            RAISE internal_error USING MESSAGE = 'rolled back by force';
        END IF;
        RETURN NULL; END $$""",
    """CREATE CONSTRAINT TRIGGER roll_back_by_chance AFTER INSERT ON document_numbers DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION roll_back_by_chance()""",
)
FORCED = f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {COUNTER}"


async def force_rollbacks(administrator: Administrator) -> None:
    """Let a share of all transactions that take a number fail when they are committed."""
    for statement in PREPARATIONS:
        await administrator.fetch(statement)


async def forced_rollbacks(administrator: Administrator) -> int:
    """How many were forced so far."""
    found: int = await administrator.fetchval(FORCED)
    return found
