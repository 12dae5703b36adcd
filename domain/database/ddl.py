"""SQL that the ORM cannot say: functions, triggers and checks, each with the way back."""

APP_NOW = (
    """CREATE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE AS
    $$ SELECT coalesce(frozen_at, clock_timestamp() + make_interval(secs => shift_seconds)) FROM clock $$""",
    "DROP FUNCTION app_now()",
)

EVENT_HASH = (
    """CREATE FUNCTION event_hash(previous bytea, id uuid, subject_kind text, subject_id uuid, sequence int,
        order_id uuid, name text, at timestamptz, due_at timestamptz, actor_role text, account_id uuid, link_id uuid,
        actor_name text, audience text[], body jsonb) RETURNS bytea LANGUAGE sql STABLE AS
    $$ SELECT sha256(previous || convert_to(jsonb_build_array(id, subject_kind, subject_id, sequence, order_id, name,
        extract(epoch FROM at), extract(epoch FROM due_at), actor_role, account_id, link_id, actor_name, audience,
        body)::text, 'UTF8')) $$""",
    "DROP FUNCTION event_hash",
)

APPEND_EVENT = (
    """CREATE FUNCTION append_event(id uuid, subject_kind text, subject_id uuid, order_id uuid, name text,
        at timestamptz, due_at timestamptz, actor_role text, account_id uuid, link_id uuid, actor_name text,
        audience text[], body jsonb) RETURNS void LANGUAGE sql AS
    $$ WITH head AS (
         SELECT coalesce(max(e.sequence), 0) AS sequence,
                coalesce((array_agg(e.hash ORDER BY e.sequence DESC))[1], ''::bytea) AS hash
         FROM (SELECT e.sequence, e.hash FROM events e
               WHERE e.subject_kind = $2 AND e.subject_id = $3 ORDER BY e.sequence DESC LIMIT 1) e)
       INSERT INTO events (id, subject_kind, subject_id, sequence, order_id, name, at, due_at, actor_role, account_id,
                           link_id, actor_name, audience, body, previous_hash, hash)
       SELECT $1, $2, $3, head.sequence + 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, head.hash,
              event_hash(head.hash, $1, $2, $3, head.sequence + 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
       FROM head $$""",
    "DROP FUNCTION append_event",
)

# What `{given}` holds is appended as a set; each subject stands in it once, for an event does not see its neighbour.
# OFFSET keeps PostgreSQL from computing what is given twice, for the column and for the hash.
APPENDING = """INSERT INTO events (id, subject_kind, subject_id, sequence, order_id, name, at, due_at, actor_role,
        account_id, link_id, actor_name, audience, body, previous_hash, hash)
    SELECT g.id, g.subject_kind, g.subject_id, coalesce(head.sequence, 0) + 1, g.order_id, g.name, g.at, g.due_at,
        g.actor_role, g.account_id, g.link_id, g.actor_name, g.audience, g.body, coalesce(head.hash, ''::bytea),
        event_hash(coalesce(head.hash, ''::bytea), g.id, g.subject_kind, g.subject_id,
            coalesce(head.sequence, 0) + 1, g.order_id, g.name, g.at, g.due_at, g.actor_role, g.account_id, g.link_id,
            g.actor_name, g.audience, g.body)
    FROM ({given} OFFSET 0) AS g (id, subject_kind, subject_id, order_id, name, at, due_at, actor_role, account_id,
        link_id, actor_name, audience, body)
    LEFT JOIN LATERAL (SELECT e.sequence, e.hash FROM events e WHERE e.subject_kind = g.subject_kind
        AND e.subject_id = g.subject_id ORDER BY e.sequence DESC LIMIT 1) AS head ON TRUE"""
ONE_EVENT = "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
APPEND_EVENT_OF_SET = (
    f"""CREATE OR REPLACE FUNCTION append_event(id uuid, subject_kind text, subject_id uuid, order_id uuid, name text,
        at timestamptz, due_at timestamptz, actor_role text, account_id uuid, link_id uuid, actor_name text,
        audience text[], body jsonb) RETURNS void LANGUAGE sql AS $$ {APPENDING.format(given=ONE_EVENT)} $$""",
    APPEND_EVENT[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
)

# The same text as before, written without building a jsonb value first.
EVENT_HASH_AS_TEXT = (
    """CREATE OR REPLACE FUNCTION event_hash(previous bytea, id uuid, subject_kind text, subject_id uuid, sequence int,
        order_id uuid, name text, at timestamptz, due_at timestamptz, actor_role text, account_id uuid, link_id uuid,
        actor_name text, audience text[], body jsonb) RETURNS bytea LANGUAGE sql STABLE AS
    $$ SELECT sha256(previous || convert_to(json_build_array(id, subject_kind, subject_id, sequence, order_id, name,
        extract(epoch FROM at), extract(epoch FROM due_at), actor_role, account_id, link_id, actor_name,
        to_jsonb(audience), body)::text, 'UTF8')) $$""",
    EVENT_HASH[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
)

REFUSE_CHANGE = (
    """CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$""",
    "DROP FUNCTION refuse_change()",
)

# Positions are drawn while the order is locked, so that they follow the order in which its events are committed.
NUMBER_WEBHOOK_MESSAGES = (
    "ALTER TABLE webhook_messages ALTER COLUMN position ADD GENERATED BY DEFAULT AS IDENTITY",
    "ALTER TABLE webhook_messages ALTER COLUMN position DROP IDENTITY",
)

# The messages of events are written in the statement that writes the events, for every endpoint that wants them: what
# is committed has its messages, and what is rolled back has none. Drafts are their member's alone until they are
# submitted. `sequence` counts all events of an order, or of a subject without one.
FAN_OUT_EVENTS = (
    """CREATE FUNCTION fan_out_events() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
        IF NOT EXISTS (SELECT 1 FROM webhook_endpoints w WHERE w.state <> 'DELETED') THEN
            RETURN NULL;
        END IF;
        INSERT INTO webhook_messages (id, endpoint_id, type, subject_kind, subject_id, order_id, ordering_id, event_id,
            sequence, occurred_at, state, attempts, next_attempt_at, created_at, version)
        SELECT uuidv7(), w.id, e.name, e.subject_kind, e.subject_id, e.order_id, coalesce(e.order_id, e.subject_id),
            e.id, e.sequence_of_order, e.at, 'PENDING', 0, clock_timestamp(), clock_timestamp(), 1
        FROM (SELECT n.*, CASE WHEN n.order_id IS NULL THEN n.sequence ELSE
                    (SELECT count(*) FROM events p WHERE p.order_id = n.order_id)
                    - count(*) OVER (PARTITION BY n.order_id)
                    + row_number() OVER (PARTITION BY n.order_id ORDER BY n.id) END AS sequence_of_order
              FROM new_events n) e
        JOIN webhook_endpoints w ON w.state <> 'DELETED' AND (w.events = '{}' OR e.name = ANY (w.events))
        WHERE 'ADMIN' = ANY (e.audience) AND e.subject_kind NOT IN ('webhookEndpoint', 'webhookMessage')
            AND (e.order_id IS NULL OR EXISTS (SELECT 1 FROM orders o
                WHERE o.id = e.order_id AND (o.status <> 'DRAFT' OR o.offer_revision > 0)))
        ORDER BY e.id, w.id;
        RETURN NULL;
    END $$""",
    "DROP FUNCTION fan_out_events()",
)
FAN_OUT_TRIGGER = (
    """CREATE TRIGGER events_fan_out AFTER INSERT ON events REFERENCING NEW TABLE AS new_events
    FOR EACH STATEMENT EXECUTE FUNCTION fan_out_events()""",
    "DROP TRIGGER events_fan_out ON events",
)


def insert_only(table: str) -> tuple[str, str]:
    """Rows of this table are never changed or removed."""
    return (
        f"CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"DROP TRIGGER {table}_insert_only ON {table}",
    )


def check(table: str, name: str, condition: str) -> tuple[str, str]:
    """A rule that the database itself keeps."""
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({condition})",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


def index(name: str, on: str, *, unique: bool = False) -> tuple[str, str]:
    """An index that the ORM cannot describe: partial, or over an expression."""
    return f"CREATE {'UNIQUE ' if unique else ''}INDEX {name} ON {on}", f"DROP INDEX {name}"


def undo(pair: tuple[str, str]) -> tuple[str, str]:
    """The way back of an earlier statement, which becomes the way forward."""
    forward, backward = pair
    return backward, forward


def run(*pairs: tuple[str, str]) -> tuple[list[str], list[str]]:
    """The statements of a migration forward, and backward in the opposite order."""
    return [forward for forward, _ in pairs], [backward for _, backward in reversed(pairs)]
