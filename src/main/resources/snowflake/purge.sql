-- Forgets the deletes in {table} that were applied before a time, and answers how many. It raises the table's horizon to
-- the highest position it drops: changes below insert no row any more, as nobody can tell whether it was deleted.
CREATE OR REPLACE PROCEDURE {purge_procedure}(DELETED_BEFORE TIMESTAMP_LTZ)
RETURNS NUMBER
LANGUAGE SQL
EXECUTE AS OWNER
AS
$$
DECLARE
    highest VARCHAR;
    dropped NUMBER DEFAULT 0;
BEGIN
    BEGIN TRANSACTION;

    -- The lock that every apply takes, too: none of them is between its tombstones and its rows.
    UPDATE {state} SET LOCKED_AT = CURRENT_TIMESTAMP();

    SELECT COALESCE(MAX(_POSITION), '') INTO :highest FROM {tombstones} WHERE DELETED_AT < :deleted_before;
    UPDATE {state} SET HORIZON = GREATEST(HORIZON, :highest);
    DELETE FROM {tombstones} WHERE DELETED_AT < :deleted_before;
    dropped := SQLROWCOUNT;

    COMMIT;
    RETURN dropped;
EXCEPTION
    WHEN OTHER THEN
        ROLLBACK;
        RAISE;
END;
$$;
