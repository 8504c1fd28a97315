-- A part of apply.sql: rows that are deleted go, and tombstones keep late changes of them out.
    MERGE INTO {table} AS t
    USING (
        SELECT c.*
        FROM (
            SELECT
                {column_values},
                c.value['position']::VARCHAR AS _POSITION,
                COALESCE(c.value['deleted']::BOOLEAN, FALSE) AS _DELETED,
                c.value['committed']::VARCHAR AS _FLOE_AT,
                c.value['operation']::VARCHAR AS _FLOE_DID,
                c.index AS _FLOE_INDEX
            FROM TABLE(FLATTEN(INPUT => GET(:BATCH, 'changes'))) AS c
        ) AS c
        CROSS JOIN {state} AS f
        LEFT JOIN {tombstones} AS d ON {c_is_d}
        WHERE f.SNAPSHOT IS NULL
            AND {unfit} IS NULL
            AND c._POSITION >= GREATEST(f.FLOOR, '{counts_from}')
            AND c._POSITION >= COALESCE(d._POSITION, '')
        QUALIFY ROW_NUMBER() OVER (PARTITION BY {c_key_columns} ORDER BY c._POSITION DESC, c._DELETED) = 1
    ) AS c
    ON {c_is_t}
    WHEN MATCHED AND c._DELETED AND c._POSITION > COALESCE(t._POSITION, '') THEN DELETE
    WHEN MATCHED AND c._POSITION > COALESCE(t._POSITION, '') THEN
        UPDATE SET {assignments}{own_assignments}, _POSITION = c._POSITION
    WHEN NOT MATCHED AND NOT c._DELETED THEN
        INSERT ({columns}{own_columns}, _POSITION)
        VALUES ({c_columns}{c_own_columns}, IFF(c._POSITION >= :known_horizon, c._POSITION, '!' || c._FLOE_INDEX::VARCHAR));

    {refused}

    -- After the rows of this call: one that is there is written anew also below the horizon, one that had just gone is not.
    IF (new_floor > known_floor) THEN
        DELETE FROM {table} WHERE _POSITION < :new_floor OR _POSITION IS NULL;
    END IF;

    -- A delete is remembered even where nothing matched, so that a late insert cannot bring the row back.
    IF (has_deletes) THEN
        MERGE INTO {tombstones} AS d
        USING (
            SELECT c.*
            FROM (
                SELECT {key_values}, c.value['row'] AS _ROW, c.value['position']::VARCHAR AS _POSITION
                FROM TABLE(FLATTEN(INPUT => GET(:BATCH, 'changes'))) AS c
                WHERE c.value['deleted']::BOOLEAN AND c.value['position']::VARCHAR >= '{counts_from}'
            ) AS c
            WHERE NOT ({key_unfit})
            QUALIFY ROW_NUMBER() OVER (PARTITION BY {c_key_columns} ORDER BY c._POSITION DESC) = 1
        ) AS c
        ON {c_is_d}
        WHEN MATCHED AND c._POSITION > d._POSITION THEN
            UPDATE SET _POSITION = c._POSITION, DELETED_AT = CURRENT_TIMESTAMP()
        WHEN NOT MATCHED THEN
            INSERT ({key_columns}, _POSITION, DELETED_AT) VALUES ({c_key_columns}, c._POSITION, CURRENT_TIMESTAMP());
    END IF;
