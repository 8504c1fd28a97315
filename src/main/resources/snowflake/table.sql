-- Once per mirrored table: the table itself (kept if it is there), its tombstones, its line in FLOE_TABLES.
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

MERGE INTO {floe_tables} AS f
USING (SELECT {table_name} AS TABLE_NAME, {source} AS SOURCE, {key_json} AS KEY_COLUMNS) AS s
ON f.TABLE_NAME = s.TABLE_NAME
WHEN MATCHED THEN UPDATE SET SOURCE = s.SOURCE, KEY_COLUMNS = s.KEY_COLUMNS
WHEN NOT MATCHED THEN INSERT (TABLE_NAME, SOURCE, KEY_COLUMNS, FLOOR, HORIZON)
    VALUES (s.TABLE_NAME, s.SOURCE, s.KEY_COLUMNS, '', '');
