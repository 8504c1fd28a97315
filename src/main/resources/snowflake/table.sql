-- Once per mirrored table: the table itself (kept if it is there) and its tombstones.
-- The key is UNIQUE, not PRIMARY, which would forbid NULL. Snowflake enforces neither, and another key may follow.
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
