-- Says whether a mirrored table may be filled by a source: NULL if it may, and otherwise why not.
--
-- A name belongs to the first source that had it, whether "floe setup" listed it or it came under a pattern, and it stays with that
-- source as long as FLOE_TABLES names it: so no table is ever filled by two. A name that would be one of a table which Floe keeps
-- beside another one belongs to that one.
--
-- A source that nobody listed is listed here, if what "floe setup" recorded gives it just this name. That is {"patterns": [{"out":
-- whether it leaves out, "schema": for LIKE, "table": for LIKE}], "target": [{"part": 0, 1 or 2 for database, schema or table, "text":
-- text or absent, "of": "schema" or "table" of the source or absent}], "letters": {a letter: what it becomes in the name}}. The letters
-- are told, as Floe and Snowflake might be of two minds about the upper case of some.
--
-- The caller is trusted with nothing: what is not so by these tables is not so.
CREATE OR REPLACE PROCEDURE {claim_procedure}(SOURCE_SCHEMA VARCHAR, SOURCE_TABLE VARCHAR, TABLE_NAME VARCHAR)
RETURNS VARCHAR
LANGUAGE SQL
EXECUTE AS OWNER
AS
$$
DECLARE
    source VARCHAR DEFAULT
        IFF(REGEXP_LIKE(SOURCE_SCHEMA, {plain_name}), SOURCE_SCHEMA, '`' || REPLACE(SOURCE_SCHEMA, '`', '``') || '`')
        || '.'
        || IFF(REGEXP_LIKE(SOURCE_TABLE, {plain_name}), SOURCE_TABLE, '`' || REPLACE(SOURCE_TABLE, '`', '``') || '`');
    listed VARCHAR;
    filled_by VARCHAR;
    other VARCHAR;
    rules VARIANT;
    schema_letters VARCHAR;
    table_letters VARCHAR;
    given_path VARCHAR;
    meant NUMBER;
    left_out NUMBER;
BEGIN
    SELECT MAX(SOURCE) INTO :listed FROM {floe_sources} WHERE TABLE_NAME = :table_name;
    SELECT MAX(SOURCE) INTO :filled_by FROM {floe_tables} WHERE TABLE_NAME = :table_name AND REVISION IS NOT NULL;
    IF (listed = source AND filled_by = source) THEN
        RETURN NULL;
    END IF;

    IF (listed IS NULL) THEN
        SELECT PARSE_JSON(MAX(RULES)) INTO :rules FROM {floe_rules};
        SELECT
            COALESCE(SUM(IFF(c.value['out']::BOOLEAN, 0, 1)), 0),
            COALESCE(SUM(IFF(c.value['out']::BOOLEAN, 1, 0)), 0)
        INTO :meant, :left_out
        FROM TABLE(FLATTEN(INPUT => GET(:rules, 'patterns'))) AS c
        WHERE :source_schema LIKE c.value['schema']::VARCHAR ESCAPE '^' AND :source_table LIKE c.value['table']::VARCHAR ESCAPE '^';

        -- Letter by letter: as many commas as letters, less one, make as many lines as letters.
        SELECT LISTAGG(COALESCE(GET(GET(:rules, 'letters'), l.LETTER)::VARCHAR, l.LETTER), '') WITHIN GROUP (ORDER BY l.PLACE)
        INTO :schema_letters
        FROM (
            SELECT c.index AS PLACE, SUBSTR(:source_schema, c.index + 1, 1) AS LETTER
            FROM TABLE(FLATTEN(INPUT => SPLIT(REPEAT(',', LENGTH(:source_schema) - 1), ','))) AS c
        ) AS l;
        SELECT LISTAGG(COALESCE(GET(GET(:rules, 'letters'), l.LETTER)::VARCHAR, l.LETTER), '') WITHIN GROUP (ORDER BY l.PLACE)
        INTO :table_letters
        FROM (
            SELECT c.index AS PLACE, SUBSTR(:source_table, c.index + 1, 1) AS LETTER
            FROM TABLE(FLATTEN(INPUT => SPLIT(REPEAT(',', LENGTH(:source_table) - 1), ','))) AS c
        ) AS l;
        SELECT LISTAGG('"' || REPLACE(n.NAME, '"', '""') || '"', '.') WITHIN GROUP (ORDER BY n.PART)
        INTO :given_path
        FROM (
            SELECT p.PART, LISTAGG(p.PIECE, '') WITHIN GROUP (ORDER BY p.PLACE) AS NAME
            FROM (
                SELECT
                    c.index AS PLACE,
                    c.value['part']::NUMBER(38,0) AS PART,
                    CASE c.value['of']::VARCHAR
                        WHEN 'schema' THEN :schema_letters
                        WHEN 'table' THEN :table_letters
                        ELSE c.value['text']::VARCHAR
                    END AS PIECE
                FROM TABLE(FLATTEN(INPUT => GET(:rules, 'target'))) AS c
            ) AS p
            GROUP BY p.PART
        ) AS n;
        IF (meant = 0 OR left_out > 0 OR given_path <> {schema_text} || '."' || REPLACE(table_name, '"', '""') || '"') THEN
            RETURN 'is not listed as the mirror of this source; run ''floe setup''';
        END IF;
    END IF;

    IF (table_name IN ({floe_names})) THEN
        other := 'Floe itself';
    ELSE
        BEGIN TRANSACTION;
        -- First of all the lock, in the table that is read: who else wants a name waits here, and then sees which are given away.
        UPDATE {floe_sources} SET LOCKED_AT = CURRENT_TIMESTAMP() WHERE TABLE_NAME = '';
        SELECT MIN(o.SOURCE) INTO :other
        FROM (
            SELECT SOURCE, TABLE_NAME FROM {floe_sources}
            UNION SELECT SOURCE, TABLE_NAME FROM {floe_tables} WHERE REVISION IS NOT NULL
        ) AS o
        WHERE o.TABLE_NAME <> '' AND o.SOURCE <> :source AND (
            o.TABLE_NAME = :table_name
            OR (LEFT(o.TABLE_NAME, LENGTH(:table_name)) = :table_name
                AND REGEXP_LIKE(SUBSTR(o.TABLE_NAME, LENGTH(:table_name) + 1), {beside}))
            OR (LEFT(:table_name, LENGTH(o.TABLE_NAME)) = o.TABLE_NAME
                AND REGEXP_LIKE(SUBSTR(:table_name, LENGTH(o.TABLE_NAME) + 1), {beside})));
        IF (other IS NULL) THEN
            INSERT INTO {floe_sources} (SOURCE, TABLE_NAME) SELECT :source, :table_name
            WHERE 0 = (SELECT COUNT(*) FROM {floe_sources} WHERE TABLE_NAME = :table_name);
        END IF;
        COMMIT;
    END IF;
    IF (other IS NULL) THEN
        RETURN NULL;
    END IF;
    RETURN 'cannot be: the name, or one that Floe needs beside it, is taken by ' || other
        || '; name another target in load.tables or load.target, and run ''floe setup''';
EXCEPTION
    WHEN OTHER THEN
        ROLLBACK;
        RAISE;
END;
$$;
