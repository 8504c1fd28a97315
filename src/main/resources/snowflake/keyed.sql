-- Once it is known that the source got its key earlier than was known: rows from between count now, and
-- were left alone by those that came after them. Of each key the newest row stays, unless a newer delete is known.
MERGE INTO {table} AS t
USING (
    SELECT {key_columns}, MAX(_POSITION) AS _POSITION
    FROM (
        SELECT {key_columns}, _POSITION FROM {table} WHERE COALESCE(_POSITION, '') >= '{keyed_since}'
        UNION ALL
        SELECT {key_columns}, _POSITION FROM {tombstones}
    ) AS k
    GROUP BY {key_columns}
) AS c
ON {c_is_t} AND t._POSITION < c._POSITION
WHEN MATCHED THEN DELETE;
