-- What to try first on a real account: what Floe's procedures build on, and no documentation settles. See
-- docs/first-hour-on-snowflake.md.
--
--     snow sql -f snowflake/first-hour.sql --role FLOE_OWNER --database CDC_DESTINATION --schema PUBLIC --warehouse FLOE
--
-- Each query answers one line: what was tried, what should come of it, and what came. It makes a table FLOE_FIRST_HOUR and
-- a procedure of that name, and drops them.

-- 1. A call's batch is text of up to 16 MB, of which Floe uses 8.
SELECT '1 size of a batch' AS TRIED, '9000000' AS SHOULD_BE,
    LENGTH(GET(PARSE_JSON('{"a":"' || REPEAT('x', 9000000) || '"}'), 'a')::VARCHAR)::VARCHAR AS CAME;

-- 2. Numbers go as text, and are cast column by column; what does not fit is NULL.
SELECT '2 casts of numbers' AS TRIED, '12345678901234567890123456789012345678 none 1.5' AS SHOULD_BE,
    TRY_TO_NUMBER('12345678901234567890123456789012345678', 38, 0)::VARCHAR || ' '
        || COALESCE(TRY_TO_NUMBER('no number', 38, 0)::VARCHAR, 'none') || ' '
        || TRY_TO_DOUBLE('1.5')::VARCHAR AS CAME;

-- 3. Times name their format, AUTO, so that the account's formats do not matter.
SELECT '3 casts of times' AS TRIED, 'a microsecond apart, none' AS SHOULD_BE,
    IFF(TRY_TO_TIMESTAMP_NTZ('2024-02-29 23:59:59.123456', 'AUTO') > TRY_TO_TIMESTAMP_NTZ('2024-02-29 23:59:59.123455', 'AUTO'),
            'a microsecond apart', 'the same')
        || ', ' || COALESCE(TRY_TO_DATE('2023-02-29', 'AUTO')::VARCHAR, 'none') AS CAME;

-- 4. A JSON null is no SQL NULL, and is one once it is cast.
SELECT '4 null in JSON' AS TRIED, 'there, cast to none; absent' AS SHOULD_BE,
    IFF(GET(PARSE_JSON('{"a":null}'), 'a') IS NULL, 'gone', 'there') || ', cast to '
        || COALESCE(GET(PARSE_JSON('{"a":null}'), 'a')::VARCHAR, 'none') || '; '
        || IFF(GET(PARSE_JSON('{"a":null}'), 'b') IS NULL, 'absent', 'there') AS CAME;

-- 5. Keys are texts that compare by their bytes, whatever the account has for DEFAULT_DDL_COLLATION.
CREATE OR REPLACE TABLE FLOE_FIRST_HOUR (ID VARCHAR, N NUMBER(38,0), UNIQUE (ID)) DEFAULT_DDL_COLLATION = '';

INSERT INTO FLOE_FIRST_HOUR VALUES ('a', 1);

SELECT '5 keys by their bytes' AS TRIED, '0 of A, 0 of a with a space, 1 of a' AS SHOULD_BE,
    (SELECT COUNT(*) FROM FLOE_FIRST_HOUR WHERE ID = 'A')::VARCHAR || ' of A, '
        || (SELECT COUNT(*) FROM FLOE_FIRST_HOUR WHERE ID = 'a ')::VARCHAR || ' of a with a space, '
        || (SELECT COUNT(*) FROM FLOE_FIRST_HOUR WHERE ID = 'a')::VARCHAR || ' of a' AS CAME;

-- 6. A procedure with its owner's rights takes a lock by an UPDATE, counts its rows, undoes all of it in its handler, and
-- answers.
CREATE OR REPLACE PROCEDURE FLOE_FIRST_HOUR(BATCH VARIANT)
RETURNS VARCHAR
LANGUAGE SQL
EXECUTE AS OWNER
AS
$$
DECLARE
    touched NUMBER;
    left_over NUMBER;
    failed EXCEPTION (-20001, 'as it should');
BEGIN
    BEGIN TRANSACTION;
    UPDATE FLOE_FIRST_HOUR SET N = N + 1;
    touched := SQLROWCOUNT;
    RAISE failed;
EXCEPTION
    WHEN OTHER THEN
        ROLLBACK;
        SELECT MAX(N) INTO :left_over FROM FLOE_FIRST_HOUR;
        RETURN touched || ' row touched, then ' || left_over || ' again: ' || GET(BATCH, 'a')::VARCHAR;
END;
$$;

SELECT '6 undone in a handler: the next answer should be' AS TRIED, '1 row touched, then 1 again: b' AS SHOULD_BE, '' AS CAME;

CALL FLOE_FIRST_HOUR(PARSE_JSON('{"a":"b"}'));

-- 7. One row of each key in a MERGE, by QUALIFY: else Snowflake refuses it (100090), or takes any.
MERGE INTO FLOE_FIRST_HOUR AS t
USING (
    SELECT c.*
    FROM (
        SELECT c.value['id']::VARCHAR AS ID, c.value['n']::NUMBER(38,0) AS N
        FROM TABLE(FLATTEN(INPUT => PARSE_JSON('[{"id":"a","n":"7"},{"id":"a","n":"9"},{"id":"b","n":"8"}]'))) AS c
    ) AS c
    QUALIFY ROW_NUMBER() OVER (PARTITION BY c.ID ORDER BY c.N DESC) = 1
) AS c
ON EQUAL_NULL(t.ID, c.ID)
WHEN MATCHED THEN UPDATE SET N = c.N
WHEN NOT MATCHED THEN INSERT (ID, N) VALUES (c.ID, c.N);

SELECT '7 newest of each key' AS TRIED, 'a=9 b=8' AS SHOULD_BE,
    LISTAGG(ID || '=' || N::VARCHAR, ' ') WITHIN GROUP (ORDER BY ID) AS CAME
FROM FLOE_FIRST_HOUR;

DROP PROCEDURE FLOE_FIRST_HOUR(VARIANT);

DROP TABLE FLOE_FIRST_HOUR;
