-- Once per mirrored table: its state, before all else.
--
-- The table's line, whose SNAPSHOT is NULL, and one for each thing told of a snapshot above its floor: that it began, was
-- cancelled, or ended on a lane. All in one table, so that the lock of it is the lock of all. A table of its own, as Snowflake
-- locks tables or parts of them, not lines: loaders of different tables must not wait for each other. Transient, as each call
-- writes its line anew, and seven days of Fail-safe would be paid for each of these.
CREATE TRANSIENT TABLE IF NOT EXISTS {state} (
    FLOOR VARCHAR NOT NULL,   -- changes below this position no longer count
    HORIZON VARCHAR NOT NULL, -- changes below this position insert no row: tombstones were purged
    LOCKED_AT TIMESTAMP_LTZ   -- touched first by every apply, so that two of them take turns
) DEFAULT_DDL_COLLATION = '';

-- As an earlier Floe left it, there is the table's line alone.
ALTER TABLE {state} ADD COLUMN IF NOT EXISTS SNAPSHOT VARCHAR; -- the position of a snapshot

ALTER TABLE {state} ADD COLUMN IF NOT EXISTS STEP VARCHAR; -- begin, end or cancelled

ALTER TABLE {state} ADD COLUMN IF NOT EXISTS LANE NUMBER(38,0); -- of an end, which lane

ALTER TABLE {state} ADD COLUMN IF NOT EXISTS LANES NUMBER(38,0); -- of how many

ALTER TABLE {state} ADD COLUMN IF NOT EXISTS SEEN_AT TIMESTAMP_LTZ; -- when this was first told

ALTER TABLE {state} ADD COLUMN IF NOT EXISTS REVISION VARCHAR; -- whose procedures may apply; NULL while they are made anew

ALTER TABLE {state} ADD COLUMN IF NOT EXISTS FLOOR_AT VARCHAR; -- when in MySQL the floor rose, as texts of events have it

MERGE INTO {state} AS f
USING (SELECT '' AS FLOOR, '' AS HORIZON) AS s
ON f.SNAPSHOT IS NULL
WHEN NOT MATCHED THEN INSERT (FLOOR, HORIZON) VALUES (s.FLOOR, s.HORIZON);

-- From here until the end nothing is applied: this waits for what is being applied, and keeps out what comes.
UPDATE {state} SET REVISION = NULL, LOCKED_AT = CURRENT_TIMESTAMP() WHERE SNAPSHOT IS NULL;
