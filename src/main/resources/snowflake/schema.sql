-- Once per schema that holds mirrored tables: what concerns each of them as a whole.
CREATE TABLE IF NOT EXISTS {floe_tables} (
    TABLE_NAME VARCHAR NOT NULL PRIMARY KEY, -- the mirrored table, as Snowflake spells it
    SOURCE VARCHAR NOT NULL,                 -- its source, schema.table as MySQL spells them
    KEY_COLUMNS VARCHAR NOT NULL,            -- its key, a JSON array of Snowflake column names
    FLOOR VARCHAR NOT NULL,                  -- changes below this position no longer count
    HORIZON VARCHAR NOT NULL,                -- changes up to this position insert no row: tombstones were purged
    LOCKED_AT TIMESTAMP_LTZ                  -- touched first by every apply, so that two of them take turns
);
