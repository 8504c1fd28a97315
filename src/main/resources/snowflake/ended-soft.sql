-- Behind ended.sql, where rows that are deleted stay, marked. In a table from which they went until now no row is marked yet. Of a
-- source whose table was to be dropped with it nothing stays; {forgotten} is '' where it was not.
UPDATE {table} SET _DELETED = FALSE WHERE _DELETED IS NULL;

DELETE FROM {table} WHERE COALESCE(_POSITION, '') < '{forgotten}';

UPDATE {table} SET {own_marks} WHERE NOT _DELETED AND COALESCE(_POSITION, '') < '{ended}';
