-- Once per mirrored table: the table itself (kept if it is there) and its tombstones.
-- Texts compare by their bytes, as keys of MySQL are those of its collation, whatever the account, the database or the schema has
-- for DEFAULT_DDL_COLLATION; that of the table holds for the columns that it gets later, too.
-- Tombstones are transient for the reason that state.sql has.
-- The key is UNIQUE, not PRIMARY, which would forbid NULL. Snowflake enforces neither, and another key may follow.
CREATE TABLE IF NOT EXISTS {table} (
    {column_definitions},
    _POSITION VARCHAR,
    UNIQUE ({key_columns})
) DEFAULT_DDL_COLLATION = '';

ALTER TABLE {table} ADD COLUMN IF NOT EXISTS _POSITION VARCHAR{own_additions};

CREATE TRANSIENT TABLE IF NOT EXISTS {tombstones} (
    {key_definitions},
    _POSITION VARCHAR NOT NULL,
    DELETED_AT TIMESTAMP_LTZ NOT NULL,
    UNIQUE ({key_columns})
) DEFAULT_DDL_COLLATION = '';
