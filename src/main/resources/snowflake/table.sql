-- Once per mirrored table: the table itself (kept if it is there), its tombstones, its state, its line in FLOE_TABLES.
-- The key is UNIQUE, not PRIMARY, which would forbid NULL. Snowflake enforces neither.
CREATE TABLE IF NOT EXISTS {table} (
    {column_definitions},
    _POSITION VARCHAR,
    UNIQUE ({key_columns})
);

ALTER TABLE {table} ADD COLUMN IF NOT EXISTS _POSITION VARCHAR;

CREATE TABLE IF NOT EXISTS {tombstones} (
    {key_definitions},
    _POSITION VARCHAR NOT NULL,
    DELETED_AT TIMESTAMP_LTZ NOT NULL,
    UNIQUE ({key_columns})
);

-- The table's line, whose SNAPSHOT is NULL, and one for each thing told of a snapshot above its floor: that it began, was
-- cancelled, or ended on a lane. All in one table, so that the lock of it is the lock of all. A table of its own, as Snowflake
-- locks tables or parts of them, not lines: loaders of different tables must not wait for each other.
CREATE TABLE IF NOT EXISTS {state} (
    FLOOR VARCHAR NOT NULL,   -- changes below this position no longer count
    HORIZON VARCHAR NOT NULL, -- changes below this position insert no row: tombstones were purged
    LOCKED_AT TIMESTAMP_LTZ   -- touched first by every apply, so that two of them take turns
);

-- As an earlier Floe left it, there is the table's line alone.
ALTER TABLE {state} ADD COLUMN IF NOT EXISTS SNAPSHOT VARCHAR; -- the position of a snapshot

ALTER TABLE {state} ADD COLUMN IF NOT EXISTS STEP VARCHAR; -- begin, end or cancelled

ALTER TABLE {state} ADD COLUMN IF NOT EXISTS LANE NUMBER(38,0); -- of an end, which lane

ALTER TABLE {state} ADD COLUMN IF NOT EXISTS LANES NUMBER(38,0); -- of how many

ALTER TABLE {state} ADD COLUMN IF NOT EXISTS SEEN_AT TIMESTAMP_LTZ; -- when this was first told

MERGE INTO {state} AS f
USING (SELECT '' AS FLOOR, '' AS HORIZON) AS s
ON f.SNAPSHOT IS NULL
WHEN NOT MATCHED THEN INSERT (FLOOR, HORIZON) VALUES (s.FLOOR, s.HORIZON);

MERGE INTO {floe_tables} AS f
USING (SELECT {table_name} AS TABLE_NAME, {source} AS SOURCE, {key_json} AS KEY_COLUMNS) AS s
ON f.TABLE_NAME = s.TABLE_NAME
WHEN MATCHED THEN UPDATE SET SOURCE = s.SOURCE, KEY_COLUMNS = s.KEY_COLUMNS
WHEN NOT MATCHED THEN INSERT (TABLE_NAME, SOURCE, KEY_COLUMNS)
    VALUES (s.TABLE_NAME, s.SOURCE, s.KEY_COLUMNS);
