-- Applies a batch of changes to {table} in one transaction: any order and any repetition gives the same table.
--
-- BATCH is {"floor": position or absent,
--           "changes": [{"position": text, "deleted": true or absent, "row": {column: value}}]}
-- and the answer is {"changes": how many it held, "refused": [index of a change, ..]} as text. A change is refused if it
-- would insert a row below the table's horizon: the tombstone that might forbid it was purged.
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
    known_horizon VARCHAR;
    refused VARCHAR DEFAULT '';
BEGIN
    BEGIN TRANSACTION;

    -- First of all the lock: a second loader waits here, and then sees what this one did.
    UPDATE {state}
    SET LOCKED_AT = CURRENT_TIMESTAMP(), FLOOR = GREATEST(FLOOR, COALESCE(:new_floor, ''));

    SELECT HORIZON INTO :known_horizon FROM {state};

    IF (new_floor IS NOT NULL) THEN
        DELETE FROM {table} WHERE COALESCE(_POSITION, '') < :new_floor;
    END IF;

    IF (known_horizon <> '') THEN
        SELECT COALESCE(LISTAGG(c._INDEX::VARCHAR, ',') WITHIN GROUP (ORDER BY c._INDEX), '') INTO :refused
        FROM (
            SELECT c.*
            FROM (
                SELECT
                    {key_values},
                    c.value['position']::VARCHAR AS _POSITION,
                    COALESCE(c.value['deleted']::BOOLEAN, FALSE) AS _DELETED,
                    c.index AS _INDEX
                FROM TABLE(FLATTEN(INPUT => GET(:BATCH, 'changes'))) AS c
            ) AS c
            CROSS JOIN {state} AS f
            LEFT JOIN {tombstones} AS d ON {c_is_d}
            WHERE c._POSITION >= f.FLOOR
                AND c._POSITION >= COALESCE(d._POSITION, '')
            QUALIFY ROW_NUMBER() OVER (
                PARTITION BY {c_key_columns} ORDER BY c._POSITION DESC, c._DELETED, c._INDEX) = 1
        ) AS c
        LEFT JOIN (SELECT {key_columns}, TRUE AS _IS_THERE FROM {table}) AS t ON {c_is_t}
        WHERE t._IS_THERE IS NULL AND NOT c._DELETED AND c._POSITION < :known_horizon;
    END IF;

    MERGE INTO {table} AS t
    USING (
        SELECT c.*
        FROM (
            SELECT
                {column_values},
                c.value['position']::VARCHAR AS _POSITION,
                COALESCE(c.value['deleted']::BOOLEAN, FALSE) AS _DELETED
            FROM TABLE(FLATTEN(INPUT => GET(:BATCH, 'changes'))) AS c
        ) AS c
        CROSS JOIN {state} AS f
        LEFT JOIN {tombstones} AS d ON {c_is_d}
        WHERE c._POSITION >= f.FLOOR
            AND c._POSITION >= COALESCE(d._POSITION, '')
        QUALIFY ROW_NUMBER() OVER (PARTITION BY {c_key_columns} ORDER BY c._POSITION DESC, c._DELETED) = 1
    ) AS c
    ON {c_is_t}
    WHEN MATCHED AND c._DELETED AND c._POSITION > COALESCE(t._POSITION, '') THEN DELETE
    WHEN MATCHED AND c._POSITION > COALESCE(t._POSITION, '') THEN UPDATE SET {assignments}, _POSITION = c._POSITION
    WHEN NOT MATCHED AND NOT c._DELETED AND c._POSITION >= :known_horizon THEN
        INSERT ({columns}, _POSITION) VALUES ({c_columns}, c._POSITION);

    -- A delete is remembered even where nothing matched, so that a late insert cannot bring the row back.
    MERGE INTO {tombstones} AS d
    USING (
        SELECT c.*
        FROM (
            SELECT {key_values}, c.value['position']::VARCHAR AS _POSITION
            FROM TABLE(FLATTEN(INPUT => GET(:BATCH, 'changes'))) AS c
            WHERE c.value['deleted']::BOOLEAN
        ) AS c
        QUALIFY ROW_NUMBER() OVER (PARTITION BY {c_key_columns} ORDER BY c._POSITION DESC) = 1
    ) AS c
    ON {c_is_d}
    WHEN MATCHED AND c._POSITION > d._POSITION THEN
        UPDATE SET _POSITION = c._POSITION, DELETED_AT = CURRENT_TIMESTAMP()
    WHEN NOT MATCHED THEN
        INSERT ({key_columns}, _POSITION, DELETED_AT) VALUES ({c_key_columns}, c._POSITION, CURRENT_TIMESTAMP());

    COMMIT;
    RETURN '{"changes":' || ARRAY_SIZE(GET(BATCH, 'changes')) || ',"refused":[' || refused || ']}';
EXCEPTION
    WHEN OTHER THEN
        ROLLBACK;
        RAISE;
END;
$$;
