-- Behind ended.sql, where rows that are deleted go.
DELETE FROM {table} WHERE COALESCE(_POSITION, '') < '{ended}';
