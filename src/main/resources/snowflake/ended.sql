-- Together with the end of the making of a table: what the drop of a source ended, the last one that counts being at the
-- position {ended}; '' for none.
UPDATE {state} SET FLOOR = '{ended}', FLOOR_AT = {ended_at} WHERE SNAPSHOT IS NULL AND FLOOR < '{ended}';

DELETE FROM {state} WHERE SNAPSHOT <= '{ended}';
