-- Once per schema that holds mirrored tables: what FLOE_EVOLVE knows. Only it and "floe setup" write here.
ALTER TABLE {floe_tables} ADD COLUMN IF NOT EXISTS COLUMNS VARCHAR; -- those that the apply procedure writes, a JSON array

ALTER TABLE {floe_tables} ADD COLUMN IF NOT EXISTS DATE_COLUMNS VARCHAR; -- those of them that it writes as dates

ALTER TABLE {floe_tables} ADD COLUMN IF NOT EXISTS DROPPED_COLUMNS VARCHAR; -- those that the source had and has no more

ALTER TABLE {floe_tables} ADD COLUMN IF NOT EXISTS SHAPE_POSITION VARCHAR; -- that of the newest shape; '' if setup gave it

ALTER TABLE {floe_tables} ADD COLUMN IF NOT EXISTS KEYED_SINCE VARCHAR; -- the position of the first shape with this key, or ''

ALTER TABLE {floe_tables} ADD COLUMN IF NOT EXISTS OTHER_KEY_AT VARCHAR; -- the position of the last shape with another key, or ''

ALTER TABLE {floe_tables} ADD COLUMN IF NOT EXISTS REVISION VARCHAR; -- names the procedures that may apply; NULL before any

ALTER TABLE {floe_tables} ADD COLUMN IF NOT EXISTS PLAN VARCHAR; -- what these were made from; '' while they are made anew

ALTER TABLE {floe_tables} ADD COLUMN IF NOT EXISTS CREATED VARCHAR; -- when the mirrored table was created, in nanoseconds since 1970: tells one that was put in its place

ALTER TABLE {floe_tables} ADD COLUMN IF NOT EXISTS LEASE VARCHAR; -- the revision that is being made; NULL for none

ALTER TABLE {floe_tables} ADD COLUMN IF NOT EXISTS LEASED_AT TIMESTAMP_LTZ; -- after five minutes the lease is void

ALTER TABLE {floe_tables} ADD COLUMN IF NOT EXISTS SET_UP VARCHAR; -- a digest of what "floe setup" last made it from; NULL for none

ALTER TABLE {floe_tables} ADD COLUMN IF NOT EXISTS OWN_COLUMNS VARCHAR; -- Floe's own beside _POSITION that the apply procedure writes, a JSON array

ALTER TABLE {floe_tables} ADD COLUMN IF NOT EXISTS MADE_COLUMNS VARCHAR; -- those of its own that Floe made, and did not drop, with commas between them

ALTER TABLE {floe_tables} ADD COLUMN IF NOT EXISTS GONE_SINCE VARCHAR; -- the position at which the source was dropped, and the mirrored table with it; NULL if it is there

-- How their owner wants tables to be mirrored. Only "floe setup" writes here.
CREATE TABLE IF NOT EXISTS {floe_options} (
    SOURCE VARCHAR NOT NULL,          -- schema.table as MySQL spells them; '' for all that are not listed
    DELETES VARCHAR NOT NULL,         -- hard, or soft: rows that are deleted stay, marked
    DROPPED_COLUMNS VARCHAR NOT NULL, -- keep or drop those that the source has no more
    DROPPED_TABLES VARCHAR NOT NULL,  -- keep, empty or drop the table whose source is dropped
    METADATA VARCHAR NOT NULL         -- Floe's own columns that the owner asks for, with commas between them
) DEFAULT_DDL_COLLATION = '';

-- Which sources may be mirrored by which tables: what an event tells of any other is not followed. A name has one source.
CREATE TABLE IF NOT EXISTS {floe_sources} (
    SOURCE VARCHAR NOT NULL,    -- schema.table as MySQL spells them
    TABLE_NAME VARCHAR NOT NULL -- as Snowflake spells it
) DEFAULT_DDL_COLLATION = '';

ALTER TABLE {floe_sources} ADD COLUMN IF NOT EXISTS LISTING VARCHAR; -- which run of "floe setup" listed it last; NULL if it came under a pattern since

ALTER TABLE {floe_sources} ADD COLUMN IF NOT EXISTS LOCKED_AT TIMESTAMP_LTZ; -- of the line without a name, touched first by all that write here

MERGE INTO {floe_sources} AS f
USING (SELECT '' AS SOURCE, '' AS TABLE_NAME) AS s
ON f.TABLE_NAME = s.TABLE_NAME
WHEN NOT MATCHED THEN INSERT (SOURCE, TABLE_NAME) VALUES (s.SOURCE, s.TABLE_NAME);

-- Which sources come to be listed by themselves, and under which names: one line, which FLOE_CLAIM describes.
CREATE TABLE IF NOT EXISTS {floe_rules} (
    RULES VARCHAR NOT NULL
);

-- All shapes that were told of, a line for each column: a set, to which order and repetition mean nothing.
CREATE TABLE IF NOT EXISTS {floe_shapes} (
    TABLE_NAME VARCHAR NOT NULL,
    POSITION VARCHAR NOT NULL, -- of the event that told of the shape; '' for that of "floe setup"
    ORDINAL NUMBER(38,0) NOT NULL,
    NAME VARCHAR NOT NULL,     -- as Snowflake spells it
    TYPE VARCHAR NOT NULL,     -- Snowflake's
    OF_KEY BOOLEAN NOT NULL,
    NULLABLE BOOLEAN NOT NULL,
    FILL VARCHAR               -- what rows got that were there when the column was added; NULL for NULL
) DEFAULT_DDL_COLLATION = '';

ALTER TABLE {floe_shapes} ADD COLUMN IF NOT EXISTS TOLD_AT TIMESTAMP_LTZ; -- when this was first told

-- The places at which sources were dropped: a set, too.
CREATE TABLE IF NOT EXISTS {floe_drops} (
    TABLE_NAME VARCHAR NOT NULL,
    POSITION VARCHAR NOT NULL,
    COMMITTED VARCHAR,        -- when, as texts of events have it; NULL if that is not known
    OUTLIVED BOOLEAN NOT NULL -- whether the table had younger rows: another source of the name was there already
) DEFAULT_DDL_COLLATION = '';

-- For each key that a table has or had, the table of its tombstones. They outlive the key: it may come back, or the event that
-- tells of another one between may come late.
CREATE TABLE IF NOT EXISTS {floe_keys} (
    TABLE_NAME VARCHAR NOT NULL,
    KEY_COLUMNS VARCHAR NOT NULL, -- with their types
    TOMBSTONES VARCHAR NOT NULL
) DEFAULT_DDL_COLLATION = '';

-- The columns as they follow from these, for the revision that applies and the one that is being made.
CREATE TABLE IF NOT EXISTS {floe_columns} (
    TABLE_NAME VARCHAR NOT NULL,
    REVISION VARCHAR NOT NULL,
    ORDINAL NUMBER(38,0) NOT NULL,
    NAME VARCHAR NOT NULL,
    TYPE VARCHAR NOT NULL,
    OF_KEY BOOLEAN NOT NULL,
    NULLABLE BOOLEAN NOT NULL,
    SINCE VARCHAR NOT NULL, -- the first position from which on all shapes have it; '' if all have it
    WAS_OTHER BOOLEAN NOT NULL, -- whether an older shape had a column of this name, which was dropped
    FILL VARCHAR,            -- the value, as SQL, of rows that were there when it was added
    QUOTED VARCHAR NOT NULL, -- the name as an identifier
    TEXT VARCHAR NOT NULL    -- the name as a text
) DEFAULT_DDL_COLLATION = '';

-- The statements that make a table, with placeholders such as {table}, in their order.
CREATE TABLE IF NOT EXISTS {floe_scripts} (
    PHASE NUMBER(38,0) NOT NULL, -- 1: the table's state; 2: the table; 4: its procedures; 5: what ended
    PLACE NUMBER(38,0) NOT NULL,
    TEMPLATE VARCHAR NOT NULL
) DEFAULT_DDL_COLLATION = '';

-- Which tables it is for: all; those that are there, or gone with their source; of those that are there, the ones from which rows
-- are deleted (hard), in which they are marked (soft), in which they were marked before (hardened), or whose key is older than was known (keyed). NULL: an earlier Floe's.
ALTER TABLE {floe_scripts} ADD COLUMN IF NOT EXISTS OF_TABLES VARCHAR;

-- The statements of the revision that is being made.
CREATE TABLE IF NOT EXISTS {floe_steps} (
    REVISION VARCHAR NOT NULL,
    PHASE NUMBER(38,0) NOT NULL, -- as above; 3: its columns; 5: what old rows got
    PLACE NUMBER(38,0) NOT NULL,
    STATEMENT VARCHAR NOT NULL,
    IS_TEMPLATE BOOLEAN NOT NULL
) DEFAULT_DDL_COLLATION = '';
