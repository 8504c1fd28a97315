-- Forgets the deletes in {table} that were applied before a time, and answers how many. It raises the table's horizon to
-- the highest position it drops: changes below insert no row any more, as nobody can tell whether it was deleted. Deletes
-- above the lowest open snapshot stay, whatever their age, and the horizon stays below it: its rows may come yet.
CREATE OR REPLACE PROCEDURE {purge_procedure}(DELETED_BEFORE TIMESTAMP_LTZ)
RETURNS NUMBER
LANGUAGE SQL
EXECUTE AS OWNER
AS
$$
DECLARE
    no_state EXCEPTION (-20001, 'The table lacks its state: see what the loader tells of it');
    state_lines NUMBER;
    lowest_open VARCHAR;
    highest VARCHAR;
    dropped NUMBER DEFAULT 0;
BEGIN
    BEGIN TRANSACTION;

    -- The lock that every apply takes, too: none of them is between its tombstones and its rows.
    -- As there, each table is read after a row of it was changed.
    UPDATE {state} SET LOCKED_AT = CURRENT_TIMESTAMP();
    SELECT COUNT(*) INTO :state_lines FROM {state} WHERE SNAPSHOT IS NULL;
    IF (state_lines <> 1) THEN
        RAISE no_state;
    END IF;
    UPDATE {tombstones} SET DELETED_AT = CURRENT_TIMESTAMP() WHERE _POSITION = '';
    IF (SQLROWCOUNT = 0) THEN
        INSERT INTO {tombstones} (_POSITION, DELETED_AT) VALUES ('', CURRENT_TIMESTAMP());
    END IF;

    -- Positions are made of digits, above which the tilde sorts.
    SELECT COALESCE(MIN(s.SNAPSHOT), '~') INTO :lowest_open
    FROM (
        SELECT SNAPSHOT FROM {state} WHERE SNAPSHOT IS NOT NULL
        GROUP BY SNAPSHOT HAVING MAX(IFF(STEP = 'cancelled', 1, 0)) = 0
    ) AS s;

    SELECT COALESCE(MAX(_POSITION), '') INTO :highest
    FROM {tombstones} WHERE DELETED_AT < :deleted_before AND _POSITION <= :lowest_open;
    UPDATE {state} SET HORIZON = GREATEST(HORIZON, :highest) WHERE SNAPSHOT IS NULL;
    DELETE FROM {tombstones} WHERE DELETED_AT < :deleted_before AND _POSITION <= :lowest_open AND _POSITION <> '';
    dropped := SQLROWCOUNT;

    COMMIT;
    RETURN dropped;
EXCEPTION
    WHEN OTHER THEN
        ROLLBACK;
        RAISE;
END;
$$;
