"""The statuses that contradict the facts, in a small table that the database keeps by itself, and the removal of it.

Few of all statuses contradict, and finding them otherwise takes a look at the deliveries of every order that is worked
on. The table says which may contradict; reads apply the rule itself to these, with who sees the order.
"""

from domain.client_status.contradictions.rules import PAIR_CONTRADICTS

MAY_CONTRADICT = PAIR_CONTRADICTS.replace("{t}", "s").replace("{o}", "o")
TABLE = (
    "CREATE TABLE contradicting_statuses (id uuid PRIMARY KEY REFERENCES client_statuses (id) ON DELETE CASCADE)",
    "DROP TABLE contradicting_statuses",
)
OF_STATUSES = "client_statuses s JOIN orders o ON o.id = s.id WHERE"
NOTE = (
    f"""CREATE FUNCTION note_contradictions(changed uuid[]) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
    DELETE FROM contradicting_statuses c WHERE c.id = ANY(changed) AND NOT EXISTS
        (SELECT 1 FROM {OF_STATUSES} s.id = c.id AND {MAY_CONTRADICT});
    INSERT INTO contradicting_statuses SELECT s.id FROM {OF_STATUSES} s.id = ANY(changed) AND {MAY_CONTRADICT}
    ON CONFLICT DO NOTHING; END $$""",
    "DROP FUNCTION note_contradictions(uuid[])",
)
FILL = (
    f"INSERT INTO contradicting_statuses SELECT s.id FROM {OF_STATUSES} {MAY_CONTRADICT}",
    "DELETE FROM contradicting_statuses",
)


def _function(name: str, select_changed: str) -> tuple[str, str]:
    return (
        f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE changed uuid[] := ARRAY({select_changed});
    BEGIN
        IF cardinality(changed) > 0 THEN
            PERFORM note_contradictions(changed);
        END IF;
        RETURN NULL;
    END $$""",
        f"DROP FUNCTION {name}()",
    )


def _trigger(table: str, event: str, rows: str, function: str) -> tuple[str, str]:
    name = f"{table}_note_contradictions_{event.lower()}"
    return (
        f"""CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {rows}
    FOR EACH STATEMENT EXECUTE FUNCTION {function}()""",
        f"DROP TRIGGER {name} ON {table}",
    )


BOTH, CAME, WENT = "OLD TABLE AS old_rows NEW TABLE AS new_rows", "NEW TABLE AS new_rows", "OLD TABLE AS new_rows"
DIFFER = "SELECT n.{key} FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE ({old}) IS DISTINCT FROM ({new})"
STATEMENTS = (
    TABLE,
    NOTE,
    FILL,
    _function("note_changed_statuses", DIFFER.format(key="id", old="o.visibility, o.kind", new="n.visibility, n.kind")),
    _function("note_new_statuses", "SELECT n.id FROM new_rows n WHERE n.visibility = 'SHOWN'"),
    _function(
        "note_changed_orders",
        DIFFER.format(key="id", old="o.status, o.required_deliveries", new="n.status, n.required_deliveries"),
    ),
    _function("note_changed_deliveries", DIFFER.format(key="order_id", old="o.status", new="n.status")),
    _function("note_deliveries", "SELECT n.order_id FROM new_rows n"),
    _trigger("client_statuses", "UPDATE", BOTH, "note_changed_statuses"),
    _trigger("client_statuses", "INSERT", CAME, "note_new_statuses"),
    _trigger("orders", "UPDATE", BOTH, "note_changed_orders"),
    _trigger("deliveries", "UPDATE", BOTH, "note_changed_deliveries"),
    _trigger("deliveries", "INSERT", CAME, "note_deliveries"),
    _trigger("deliveries", "DELETE", WENT, "note_deliveries"),
)


# The rows before and after are compared as sets: the planner, who sees few rows at first, would join them one by one,
# and a statement that changes many would take the square of their number.
DIFFERENCE = "SELECT e.{key} FROM (SELECT {all} FROM new_rows EXCEPT SELECT {all} FROM old_rows) e"


def _compared_as_sets(name: str, key: str, compared: str) -> tuple[str, str]:
    columns = ", ".join(dict.fromkeys((key, "id", *compared.split(", "))))
    new, _ = _function(name, DIFFERENCE.format(key=key, all=columns))
    old = next(made for made, _ in STATEMENTS if made.startswith(f"CREATE FUNCTION {name}()"))
    return new.replace("CREATE", "CREATE OR REPLACE", 1), old.replace("CREATE", "CREATE OR REPLACE", 1)


COMPARED_AS_SETS = (
    _compared_as_sets("note_changed_statuses", "id", "visibility, kind"),
    _compared_as_sets("note_changed_orders", "id", "status, required_deliveries"),
    _compared_as_sets("note_changed_deliveries", "order_id", "status"),
)
