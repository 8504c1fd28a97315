-- Applies a batch of changes to {table} in one transaction: any order and any repetition gives the same table.
--
-- BATCH is {"floor": position or absent, "floor_at": when that was in MySQL, or absent,
--           "snapshots": [{"position": text, "step": "begin", "end" or "cancelled", "lane": number, "lanes": number, "at": when it
--                          was told, or absent}] or absent,
--           "most_unfit": number or absent,
--           "deletes": false if none of the changes is one, or absent,
--           "changes": [{"position": text, "deleted": true or absent, "committed": when it was in MySQL, or
--                        absent, "operation": what it did, or absent, "row": {column: value}}]}
-- and the answer is {"changes": how many it held, "refused": [index of a change, ..], "unfit": [[[column and type], index of a
-- change, ..], ..], "snapshots": how many are open, "age": seconds since the first of these was told of} as text. A change is refused
-- if it would insert a row below the table's horizon: the tombstone that might forbid it was purged. It is unfit if the column cannot
-- hold its value and it still counts: the others are applied as if it were not there. If more than "most_unfit" are unfit for one column, and these are
-- nine of ten, nothing is applied, and the answer is {"misfits": what else were "unfit"}.
--
-- The answer is {"unready": text} if nothing was applied, as the table is being made to follow its source. Rows below the
-- position {keyed_since} are those of another key: they no longer count, and a snapshot brings them anew.
--
-- A change that does not name a column keeps it, unless it is older than the column: then it gets what its row got in MySQL when
-- the column was added.
--
-- What is told of snapshots is a set, to which order and repetition mean nothing. When a snapshot has ended on all of its
-- lanes the floor rises to its position, and what is told of it and of older ones is dropped, now and whenever it comes again.
-- Those above the floor that were not cancelled are open: PURGE heeds them.
--
-- At one position a write beats a delete: a change of the key is both, and its old and new key may be one key here, as 0 and
-- -0.0 are. So tombstones and the horizon let a write at their own position pass, while a row keeps a delete at its own out.
CREATE OR REPLACE PROCEDURE {apply_procedure}(BATCH VARIANT)
RETURNS VARCHAR
LANGUAGE SQL
EXECUTE AS OWNER
AS
$$
DECLARE
    new_floor VARCHAR DEFAULT GET(BATCH, 'floor')::VARCHAR;
    new_floor_at VARCHAR DEFAULT GET(BATCH, 'floor_at')::VARCHAR;
    ended VARCHAR;
    state_lines NUMBER;
    known_revision VARCHAR;
    known_floor VARCHAR;
    known_horizon VARCHAR;
    open_snapshots NUMBER;
    open_seconds NUMBER;
    refused VARCHAR DEFAULT '';
    unfit VARCHAR;
    unfit_together NUMBER;
    most_unfit NUMBER DEFAULT GET(BATCH, 'most_unfit')::NUMBER(38,0);
    has_deletes BOOLEAN DEFAULT COALESCE(GET(BATCH, 'deletes')::BOOLEAN, TRUE);
BEGIN
    BEGIN TRANSACTION;

    -- First of all the lock: a second loader waits here. It writes nothing that it read, as it sees what was committed when it
    -- began to wait. And a session is sure to see what others committed to a table only once it changed a row there itself (account
    -- parameter READ_CONSISTENCY_MODE): so each table that decides is read after that, or as the target of a MERGE alone. Tombstones
    -- have a line of their own for it, without a key and a position.
    UPDATE {state} SET LOCKED_AT = CURRENT_TIMESTAMP();
    SELECT COUNT(*) INTO :state_lines FROM {state} WHERE SNAPSHOT IS NULL;
    IF (state_lines <> 1) THEN
        ROLLBACK;
        RETURN OBJECT_CONSTRUCT('unready', 'has ' || state_lines || ' lines of its own in ' || {state_text} || ', which should be one: nobody'
            || ' knows what was deleted. Set SET_UP to NULL for it in FLOE_TABLES, run ''floe setup'', and then ''floe snapshot'' for its'
            || ' source')::VARCHAR;
    END IF;
    UPDATE {tombstones} SET DELETED_AT = CURRENT_TIMESTAMP() WHERE _POSITION = '';
    IF (SQLROWCOUNT = 0) THEN
        INSERT INTO {tombstones} (_POSITION, DELETED_AT) VALUES ('', CURRENT_TIMESTAMP());
    END IF;

    -- While the table is made to follow its source, and after it if this procedure is not the one that was made then, it must
    -- not write.
    SELECT MAX(REVISION) INTO :known_revision FROM {state} WHERE SNAPSHOT IS NULL;
    IF (known_revision IS NULL OR known_revision <> '{revision}') THEN
        ROLLBACK;
        RETURN '{"unready":"is being changed, or was not changed to its end"}';
    END IF;

    IF (GET(BATCH, 'snapshots') IS NOT NULL) THEN
        MERGE INTO {state} AS f
        USING (
            SELECT DISTINCT
                s.value['position']::VARCHAR AS SNAPSHOT,
                s.value['step']::VARCHAR AS STEP,
                s.value['lane']::NUMBER(38,0) AS LANE,
                s.value['lanes']::NUMBER(38,0) AS LANES
            FROM TABLE(FLATTEN(INPUT => GET(:BATCH, 'snapshots'))) AS s
        ) AS s
        ON f.SNAPSHOT = s.SNAPSHOT AND f.STEP = s.STEP AND f.LANE = s.LANE AND f.LANES = s.LANES
        WHEN NOT MATCHED THEN
            INSERT (FLOOR, HORIZON, SNAPSHOT, STEP, LANE, LANES, SEEN_AT)
            VALUES ('', '', s.SNAPSHOT, s.STEP, s.LANE, s.LANES, CURRENT_TIMESTAMP());

        SELECT COALESCE(MAX(s.SNAPSHOT), '') INTO :ended
        FROM (
            SELECT SNAPSHOT FROM {state} WHERE STEP = 'end' GROUP BY SNAPSHOT, LANES HAVING COUNT(*) = LANES
        ) AS s;
        IF (ended >= COALESCE(new_floor, '')) THEN
            SELECT MAX(s.value['at']::VARCHAR) INTO :new_floor_at
            FROM TABLE(FLATTEN(INPUT => GET(:BATCH, 'snapshots'))) AS s
            WHERE s.value['position']::VARCHAR = :ended;
            new_floor := ended;
        END IF;
    END IF;

    IF (new_floor IS NOT NULL) THEN
        SELECT FLOOR INTO :known_floor FROM {state} WHERE SNAPSHOT IS NULL;
        IF (new_floor > known_floor) THEN
            UPDATE {state} SET FLOOR = :new_floor, FLOOR_AT = :new_floor_at WHERE SNAPSHOT IS NULL;
        END IF;
        DELETE FROM {state} WHERE SNAPSHOT <= GREATEST(:new_floor, :known_floor);
    END IF;

    SELECT f.HORIZON, s.HOW_MANY, s.SECONDS, u.CHANGES, u.TOGETHER
    INTO :known_horizon, :open_snapshots, :open_seconds, :unfit, :unfit_together
    FROM {state} AS f
    CROSS JOIN (
        SELECT
            COUNT(*) AS HOW_MANY,
            COALESCE(DATEDIFF('second', MIN(s.SEEN_AT), CURRENT_TIMESTAMP()), 0) AS SECONDS
        FROM (
            SELECT MIN(SEEN_AT) AS SEEN_AT FROM {state} WHERE SNAPSHOT IS NOT NULL
            GROUP BY SNAPSHOT HAVING MAX(IFF(STEP = 'cancelled', 1, 0)) = 0
        ) AS s
    ) AS s
    CROSS JOIN (
        SELECT
            COALESCE(LISTAGG('[' || ARRAY_CONSTRUCT(c._FLOE_UNFIT)::VARCHAR || ',' || c.INDEXES || ']', ','), '') AS CHANGES,
            COALESCE(MAX(c.HOW_MANY), 0) AS TOGETHER
        FROM (
            SELECT
                c._FLOE_UNFIT,
                COUNT(*) AS HOW_MANY,
                LISTAGG(c._FLOE_INDEX::VARCHAR, ',') WITHIN GROUP (ORDER BY c._FLOE_INDEX) AS INDEXES
            FROM (
                SELECT {unfit} AS _FLOE_UNFIT, c._FLOE_INDEX
                FROM (
                    SELECT
                        {column_values},
                        c.value['position']::VARCHAR AS _POSITION,
                        COALESCE(c.value['deleted']::BOOLEAN, FALSE) AS _DELETED,
                        c.index AS _FLOE_INDEX
                    FROM TABLE(FLATTEN(INPUT => GET(:BATCH, 'changes'))) AS c
                ) AS c
                CROSS JOIN {state} AS f
                WHERE f.SNAPSHOT IS NULL AND c._POSITION >= GREATEST({floor_of_rows}, '{counts_from}')
            ) AS c
            WHERE c._FLOE_UNFIT IS NOT NULL
            GROUP BY c._FLOE_UNFIT
        ) AS c
    ) AS u
    WHERE f.SNAPSHOT IS NULL;

    IF (unfit_together > most_unfit AND unfit_together * 10 >= ARRAY_SIZE(GET(BATCH, 'changes')) * 9) THEN
        ROLLBACK;
        RETURN '{"misfits":[' || unfit || ']}';
    END IF;

    {rows}

    COMMIT;
    RETURN '{"changes":' || ARRAY_SIZE(GET(BATCH, 'changes')) || ',"refused":[' || refused || '],"unfit":[' || unfit
        || '],"snapshots":' || open_snapshots || ',"age":' || open_seconds || '}';
EXCEPTION
    WHEN OTHER THEN
        ROLLBACK;
        RAISE;
END;
$$;
