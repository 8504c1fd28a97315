-- A part of apply.sql: rows that are deleted stay, marked, and are their own tombstones. Those of days when they went may have
    -- tombstones yet, which count until they are purged.
    --
    -- A row holds its newest change, whether that is a delete, or ended by the floor: so it is the same in whatever order they come.
    MERGE INTO {table} AS t
    USING (
        SELECT
            c.*,
            NOT c._DELETED AND c._POSITION >= f.FLOOR AS _FLOE_IS_THERE,
            IFF(c._DELETED OR c._POSITION >= f.FLOOR, c._FLOE_COMMITTED, f.FLOOR_AT) AS _FLOE_AT,
            IFF(c._DELETED OR c._POSITION < f.FLOOR, 'delete', c._FLOE_OPERATION) AS _FLOE_DID
        FROM (
            SELECT
                {column_values},
                c.value['position']::VARCHAR AS _POSITION,
                COALESCE(c.value['deleted']::BOOLEAN, FALSE) AS _DELETED,
                c.value['committed']::VARCHAR AS _FLOE_COMMITTED,
                c.value['operation']::VARCHAR AS _FLOE_OPERATION,
                c.index AS _FLOE_INDEX
            FROM TABLE(FLATTEN(INPUT => GET(:BATCH, 'changes'))) AS c
        ) AS c
        CROSS JOIN {state} AS f
        LEFT JOIN {tombstones} AS d ON {c_is_d}
        WHERE f.SNAPSHOT IS NULL
            AND {unfit} IS NULL
            AND c._POSITION >= '{counts_from}'
            AND (c._POSITION > COALESCE(d._POSITION, '') OR (c._POSITION = d._POSITION AND NOT c._DELETED))
        QUALIFY ROW_NUMBER() OVER (PARTITION BY {c_key_columns} ORDER BY c._POSITION DESC, c._DELETED) = 1
    ) AS c
    ON {c_is_t}
    WHEN MATCHED AND (c._POSITION > COALESCE(t._POSITION, '')
            OR (c._POSITION = t._POSITION AND t._DELETED AND NOT c._DELETED)) THEN
        UPDATE SET {assignments}{own_assignments}, _POSITION = c._POSITION
    WHEN NOT MATCHED THEN
        INSERT ({columns}{own_columns}, _POSITION)
        VALUES ({c_columns}{c_own_columns}, IFF(
            NOT c._FLOE_IS_THERE OR c._POSITION >= :known_horizon, c._POSITION, '!' || c._FLOE_INDEX::VARCHAR));

    {refused}

    IF (new_floor > known_floor) THEN
        -- Those of another key were read again under the new one: they were not deleted.
        DELETE FROM {table}
        WHERE NOT _DELETED AND :new_floor >= '{keyed_since}' AND COALESCE(_POSITION, '') < '{keyed_since}';
        UPDATE {table} SET {own_marks} WHERE NOT _DELETED AND (_POSITION < :new_floor OR _POSITION IS NULL);
    END IF;
