-- Once per schema that holds mirrored tables: which they are. Loaders only read it.
CREATE TABLE IF NOT EXISTS {floe_tables} (
    TABLE_NAME VARCHAR NOT NULL PRIMARY KEY, -- the mirrored table, as Snowflake spells it
    SOURCE VARCHAR NOT NULL,                 -- its source, schema.table as MySQL spells them
    KEY_COLUMNS VARCHAR NOT NULL             -- its key, a JSON array of Snowflake column names
) DEFAULT_DDL_COLLATION = '';
