-- Behind ended.sql, where rows that are deleted stayed, marked, and go from now on: their tombstones keep late changes out.
MERGE INTO {tombstones} AS d
USING (
    SELECT {key_columns}, _POSITION FROM {table}
    WHERE _DELETED AND _POSITION >= '{keyed_since}'
) AS c
ON {c_is_d}
WHEN MATCHED AND c._POSITION > d._POSITION THEN
    UPDATE SET _POSITION = c._POSITION, DELETED_AT = CURRENT_TIMESTAMP()
WHEN NOT MATCHED THEN
    INSERT ({key_columns}, _POSITION, DELETED_AT) VALUES ({c_key_columns}, c._POSITION, CURRENT_TIMESTAMP());

DELETE FROM {table} WHERE _DELETED;
