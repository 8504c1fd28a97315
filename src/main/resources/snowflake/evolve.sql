-- Makes a mirrored table follow its source: the table, its columns, its tombstones, its state, its procedures. It is the one way
-- in which these come to be, for "floe setup" and for the loader alike.
--
-- SHAPE is {"columns": [{"name": as Snowflake spells it, "type": Snowflake's, "key": true or absent, "nullable": true or
-- absent, "fill": what rows got that were there when the column was added, or absent for NULL}]} as text, and TOLD_AT the position
-- of the event that told of it, or '' if "floe setup" did. A SHAPE of {"dropped": when, as texts of events have it, or ''} tells that
-- the source was dropped. Without a SHAPE, '' as TOLD_AT has the table made anew as its owner wants it now. Without either it is
-- only looked at, and columns go that its owner wants no more. The answer is {"ready": true} or {"unready": why} as text; "anew" is
-- true beside ready if the rows that the table held before are not there. Beside unready "waits" is true if an event or another call
-- will make it ready, and nobody need act, and "replaced" is a text that tells the table apart which someone put in its place.
--
-- What is told of shapes and drops is a set, to which order and repetition mean nothing: the table follows the shape with the
-- highest position, unless the source was dropped behind it, and since when a column or a key is as it is there follows from all of
-- them. How the owner wants the table is in FLOE_OPTIONS, which "floe setup" alone writes.
--
-- No statement of this may be lost by a crash: what is there, not what was done, decides what is to be done. While it is done
-- the state names no revision, so that nothing is applied; at the end it names this one, which the procedures made here name,
-- too. A lease keeps two from doing it at once.
--
-- Nothing of an event becomes SQL but by what is written here: names in quotes, types of a closed list, texts as hexadecimal
-- digits, positions of digits. The tables that may be made are those that FLOE_CLAIM gives to their sources.
CREATE OR REPLACE PROCEDURE {evolve_procedure}(SOURCE_SCHEMA VARCHAR, SOURCE_TABLE VARCHAR, TABLE_NAME VARCHAR, SHAPE VARCHAR, TOLD_AT VARCHAR)
RETURNS VARCHAR
LANGUAGE SQL
EXECUTE AS OWNER
AS
$$
DECLARE
    source VARCHAR;
    revision VARCHAR DEFAULT UUID_STRING();
    table_path VARCHAR DEFAULT {schema_text} || '."' || REPLACE(TABLE_NAME, '"', '""') || '"';
    table_text VARCHAR DEFAULT '''' || REPLACE(REPLACE(TABLE_NAME, '\\', '\\\\'), '''', '''''') || '''';
    state_path VARCHAR DEFAULT {schema_text} || '."' || REPLACE(TABLE_NAME, '"', '""') || '_FLOE"';
    looking BOOLEAN DEFAULT TOLD_AT IS NULL;
    tells_shape BOOLEAN DEFAULT SHAPE IS NOT NULL;
    dropped_at VARCHAR;
    deletes VARCHAR;
    dropped_columns VARCHAR;
    dropped_tables VARCHAR;
    metadata VARCHAR;
    own VARCHAR;
    known_own VARCHAR;
    made VARCHAR;
    marked NUMBER;
    own_additions VARCHAR;
    own_columns VARCHAR;
    c_own_columns VARCHAR;
    own_assignments VARCHAR;
    own_marks VARCHAR;
    last_drop VARCHAR;
    outlived NUMBER;
    gone BOOLEAN DEFAULT FALSE;
    known_gone VARCHAR;
    ended VARCHAR;
    ended_at VARCHAR;
    unwanted VARCHAR;
    lease VARCHAR;
    found NUMBER;
    different NUMBER;
    of_key NUMBER;
    wrong NUMBER;
    applied VARCHAR;
    applied_plan VARCHAR;
    known_created VARCHAR;
    created VARCHAR;
    newest VARCHAR;
    key_now VARCHAR;
    other_key VARCHAR;
    keyed_since VARCHAR DEFAULT '';
    known_since VARCHAR;
    plan VARCHAR;
    reason VARCHAR;
    anew BOOLEAN DEFAULT FALSE;
    replaced VARCHAR;
    tombstones VARCHAR;
    key_json VARCHAR;
    columns_json VARCHAR;
    dates_json VARCHAR;
    dropped_json VARCHAR;
    parts VARIANT;
    steps NUMBER;
    step NUMBER;
    phase NUMBER;
    closing BOOLEAN DEFAULT FALSE;
    template BOOLEAN;
    statement VARCHAR;
BEGIN
    CALL {claim_procedure}(:source_schema, :source_table, :table_name) INTO :reason;
    IF (reason IS NOT NULL) THEN
        RETURN OBJECT_CONSTRUCT('unready', reason)::VARCHAR;
    END IF;
    SELECT MAX(SOURCE) INTO :source FROM {floe_sources} WHERE TABLE_NAME = :table_name;
    SELECT COALESCE(MAX(DELETES), 'hard'), COALESCE(MAX(DROPPED_COLUMNS), 'keep'), COALESCE(MAX(DROPPED_TABLES), 'keep'),
        COALESCE(MAX(METADATA), '')
    INTO :deletes, :dropped_columns, :dropped_tables, :metadata
    FROM {floe_options} WHERE SOURCE = (SELECT MAX(SOURCE) FROM {floe_options} WHERE SOURCE IN (:source, ''));
    own := IFF(deletes = 'soft', '_DELETED,_DELETED_AT', '') || IFF(deletes = 'soft' AND metadata <> '', ',', '') || metadata;
    SELECT MAX(REVISION), COALESCE(MAX(PLAN), ''), MAX(CREATED), COALESCE(MAX(OWN_COLUMNS), '[]'),
        COALESCE(MAX(MADE_COLUMNS), ''), MAX(GONE_SINCE), MAX(KEYED_SINCE)
    INTO :applied, :applied_plan, :known_created, :known_own, :made, :known_gone, :known_since
    FROM {floe_tables} WHERE TABLE_NAME = :table_name;

    IF (shape IS NULL AND applied IS NULL) THEN
        SELECT MAX(POSITION) INTO :last_drop FROM {floe_drops} WHERE TABLE_NAME = :table_name;
        RETURN OBJECT_CONSTRUCT('unready', 'was not made yet; if no event tells of it, run ''floe setup''', 'waits', TRUE,
            'dropped', last_drop)::VARCHAR;
    END IF;
    dropped_at := GET(PARSE_JSON(shape), 'dropped')::VARCHAR;
    IF (dropped_at IS NOT NULL) THEN
        IF (NOT REGEXP_LIKE(told_at, '[0-9]{10}-[0-9]{10}-[0-9]{12}-[0-9]{10}')
            OR NOT REGEXP_LIKE(dropped_at, '([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z)?')) THEN
            RETURN OBJECT_CONSTRUCT('unready', 'was told of a drop that is none')::VARCHAR;
        END IF;
        tells_shape := FALSE;
        MERGE INTO {floe_drops} AS f
        USING (SELECT :table_name AS TABLE_NAME, :told_at AS POSITION, NULLIF(:dropped_at, '') AS COMMITTED) AS s
        ON f.TABLE_NAME = s.TABLE_NAME AND f.POSITION = s.POSITION
        WHEN NOT MATCHED THEN
            INSERT (TABLE_NAME, POSITION, COMMITTED, OUTLIVED) VALUES (s.TABLE_NAME, s.POSITION, s.COMMITTED, FALSE);
        IF (applied IS NULL) THEN
            RETURN OBJECT_CONSTRUCT('ready', TRUE)::VARCHAR;
        END IF;
    END IF;

    IF (looking) THEN
        revision := applied;
    END IF;
    IF (tells_shape) THEN
        SELECT
            COUNT(*),
            COUNT(DISTINCT c.value['name']::VARCHAR),
            COALESCE(SUM(IFF(COALESCE(c.value['key']::BOOLEAN, FALSE), 1, 0)), 0),
            COALESCE(SUM(IFF(
                COALESCE(c.value['name']::VARCHAR, '') = ''
                    OR LENGTH(c.value['name']::VARCHAR) > 200
                    OR c.value['name']::VARCHAR LIKE '%$' || '$%'
                    OR c.value['name']::VARCHAR IN ('_POSITION', '_DELETED', '_ROW')
                    OR LEFT(c.value['name']::VARCHAR, 6) = '_FLOE_'
                    OR NOT REGEXP_LIKE(
                        COALESCE(c.value['type']::VARCHAR, ''),
                        'NUMBER\\(38,([0-9]|[12][0-9]|3[0-7])\\)|FLOAT|BOOLEAN|VARCHAR|BINARY|DATE|TIMESTAMP_(NTZ|TZ)\\(9\\)|VARIANT'),
                1, 0)), 0)
        INTO :found, :different, :of_key, :wrong
        FROM TABLE(FLATTEN(INPUT => GET(PARSE_JSON(:shape), 'columns'))) AS c;
        IF (wrong > 0 OR different <> found OR of_key = 0
            OR NOT REGEXP_LIKE(told_at, '([0-9]{10}-[0-9]{10}-[0-9]{12}-[0-9]{10})?')) THEN
            RETURN OBJECT_CONSTRUCT('unready', 'was told of a shape that is none')::VARCHAR;
        END IF;
    END IF;

    IF (NOT looking) THEN
        MERGE INTO {floe_tables} AS f
        USING (SELECT :table_name AS TABLE_NAME, :source AS SOURCE) AS s
        ON f.TABLE_NAME = s.TABLE_NAME
        WHEN NOT MATCHED THEN INSERT (TABLE_NAME, SOURCE, KEY_COLUMNS) VALUES (s.TABLE_NAME, s.SOURCE, '[]');

        BEGIN TRANSACTION;
        UPDATE {floe_tables} SET LEASE = :revision, LEASED_AT = CURRENT_TIMESTAMP()
        WHERE TABLE_NAME = :table_name
            AND (LEASE IS NULL OR DATEDIFF('second', LEASED_AT, CURRENT_TIMESTAMP()) > 300);
        IF (SQLROWCOUNT = 0) THEN
            ROLLBACK;
            RETURN OBJECT_CONSTRUCT('unready', 'is being changed by someone else', 'waits', TRUE)::VARCHAR;
        END IF;
        -- A shape without a position is older than all others; of those without, the last one counts.
        DELETE FROM {floe_shapes} WHERE :tells_shape AND TABLE_NAME = :table_name AND POSITION = :told_at
            AND 0 = (SELECT COUNT(*) FROM {floe_shapes} WHERE TABLE_NAME = :table_name AND POSITION > '');
        INSERT INTO {floe_shapes} (TABLE_NAME, POSITION, ORDINAL, NAME, TYPE, OF_KEY, NULLABLE, FILL, TOLD_AT)
        SELECT
            :table_name,
            :told_at,
            c.index,
            c.value['name']::VARCHAR,
            c.value['type']::VARCHAR,
            COALESCE(c.value['key']::BOOLEAN, FALSE),
            COALESCE(c.value['nullable']::BOOLEAN, FALSE),
            c.value['fill']::VARCHAR,
            CURRENT_TIMESTAMP()
        FROM TABLE(FLATTEN(INPUT => GET(PARSE_JSON(:shape), 'columns'))) AS c
        WHERE 0 = (SELECT COUNT(*) FROM {floe_shapes} WHERE TABLE_NAME = :table_name AND POSITION >= :told_at
            AND (POSITION = :told_at OR :told_at = ''));
        COMMIT;

        SELECT MAX(POSITION) INTO :newest FROM {floe_shapes} WHERE TABLE_NAME = :table_name;
        SELECT LISTAGG(NAME || ' ' || TYPE, ',') WITHIN GROUP (ORDER BY NAME) INTO :key_now
        FROM {floe_shapes} WHERE TABLE_NAME = :table_name AND POSITION = :newest AND OF_KEY;
        SELECT MAX(k.POSITION) INTO :other_key
        FROM (
            SELECT POSITION, LISTAGG(NAME || ' ' || TYPE, ',') WITHIN GROUP (ORDER BY NAME) AS KEY_THEN
            FROM {floe_shapes} WHERE TABLE_NAME = :table_name AND OF_KEY GROUP BY POSITION
        ) AS k
        WHERE k.KEY_THEN <> :key_now;
        IF (other_key IS NOT NULL) THEN
            SELECT MIN(POSITION) INTO :keyed_since
            FROM {floe_shapes} WHERE TABLE_NAME = :table_name AND POSITION > :other_key;
        END IF;

        INSERT INTO {floe_columns}
            (TABLE_NAME, REVISION, ORDINAL, NAME, TYPE, OF_KEY, NULLABLE, SINCE, WAS_OTHER, FILL, QUOTED, TEXT)
        SELECT
            n.TABLE_NAME,
            :revision,
            n.ORDINAL,
            n.NAME,
            n.TYPE,
            n.OF_KEY,
            n.NULLABLE,
            COALESCE(s.SINCE, ''),
            COALESCE(s.SINCE, '') > o.OLDEST,
            'HEX_DECODE_STRING(''' || HEX_ENCODE(f.FILL) || ''')',
            '"' || REPLACE(n.NAME, '"', '""') || '"',
            '''' || REPLACE(REPLACE(n.NAME, '\\', '\\\\'), '''', '''''') || ''''
        FROM {floe_shapes} AS n
        JOIN (
            SELECT NAME, MIN(POSITION) AS OLDEST FROM {floe_shapes} WHERE TABLE_NAME = :table_name GROUP BY NAME
        ) AS o ON o.NAME = n.NAME
        LEFT JOIN (
            SELECT l.NAME, MIN(h.POSITION) AS SINCE
            FROM (
                SELECT c.NAME, MAX(h.POSITION) AS LACKING
                FROM {floe_shapes} AS c
                CROSS JOIN (SELECT DISTINCT POSITION FROM {floe_shapes} WHERE TABLE_NAME = :table_name) AS h
                LEFT JOIN {floe_shapes} AS x
                    ON x.TABLE_NAME = :table_name AND x.POSITION = h.POSITION AND x.NAME = c.NAME
                WHERE c.TABLE_NAME = :table_name AND c.POSITION = :newest AND x.NAME IS NULL
                GROUP BY c.NAME
            ) AS l
            CROSS JOIN (SELECT DISTINCT POSITION FROM {floe_shapes} WHERE TABLE_NAME = :table_name) AS h
            WHERE h.POSITION > l.LACKING
            GROUP BY l.NAME
        ) AS s ON s.NAME = n.NAME
        LEFT JOIN {floe_shapes} AS f
            ON f.TABLE_NAME = :table_name AND f.NAME = n.NAME AND f.POSITION = s.SINCE
        WHERE n.TABLE_NAME = :table_name AND n.POSITION = :newest;

        SELECT
            :keyed_since || ' ' || COALESCE(:other_key, '') || ' ' || LISTAGG(
                QUOTED || ' ' || TYPE || ' ' || OF_KEY::VARCHAR || ' ' || NULLABLE::VARCHAR || ' ' || SINCE || ' '
                    || WAS_OTHER::VARCHAR || ' ' || COALESCE(FILL, ''),
                ',') WITHIN GROUP (ORDER BY ORDINAL)
        INTO :plan
        FROM {floe_columns} WHERE REVISION = :revision;
    END IF;

    -- What is wrong with the table that is there, before anything is done to it.
    SELECT COUNT(*), MAX(DATE_PART('epoch_nanosecond', CREATED))::VARCHAR INTO :found, :created
    FROM {information_schema}.TABLES WHERE TABLE_SCHEMA = {schema_name} AND TABLE_NAME = :table_name;
    IF (applied IS NOT NULL AND known_gone IS NULL AND (found = 0 OR created <> known_created)) THEN
        anew := TRUE;
    END IF;
    SELECT IFF(COUNT(*) = 0, :reason, 'has ' || LISTAGG('"' || a.COLUMN_NAME || '"', ', ') WITHIN GROUP (ORDER BY a.COLUMN_NAME)
        || ' where Floe needs the same in upper case; rename it') INTO :reason
    FROM {information_schema}.COLUMNS AS a
    JOIN (SELECT NAME FROM {floe_columns} WHERE REVISION = :revision UNION SELECT '_POSITION') AS p
        ON UPPER(a.COLUMN_NAME) = p.NAME AND a.COLUMN_NAME <> p.NAME
    LEFT JOIN {information_schema}.COLUMNS AS b
        ON b.TABLE_SCHEMA = {schema_name} AND b.TABLE_NAME = :table_name AND b.COLUMN_NAME = p.NAME
    WHERE a.TABLE_SCHEMA = {schema_name} AND a.TABLE_NAME = :table_name AND b.COLUMN_NAME IS NULL;
    SELECT IFF(COUNT(*) = 0, :reason, 'has ' || LISTAGG('"' || a.COLUMN_NAME || '"', ', ') WITHIN GROUP (ORDER BY a.COLUMN_NAME)
        || ', which may not be NULL, has no default, and is no column of the source; drop NOT NULL') INTO :reason
    FROM {information_schema}.COLUMNS AS a
    LEFT JOIN (
        SELECT DISTINCT NAME FROM {floe_shapes} WHERE TABLE_NAME = :table_name UNION SELECT '_POSITION'
    ) AS p ON p.NAME = a.COLUMN_NAME
    WHERE a.TABLE_SCHEMA = {schema_name} AND a.TABLE_NAME = :table_name AND p.NAME IS NULL
        AND a.IS_NULLABLE = 'NO' AND a.COLUMN_DEFAULT IS NULL AND a.IS_IDENTITY = 'NO';

    SELECT IFF(COUNT(*) = 0, :reason, 'has ' || LISTAGG('"' || p.NAME || '"', ', ') WITHIN GROUP (ORDER BY p.NAME)
        || ' from the source, now or before, where its owner has Floe write a column of its own; rename it, or ask for less in'
        || ' load.deletes and load.metadata') INTO :reason
    FROM (SELECT DISTINCT NAME FROM {floe_shapes} WHERE TABLE_NAME = :table_name) AS p
    WHERE p.NAME IN (SELECT o.value::VARCHAR FROM TABLE(FLATTEN(INPUT => SPLIT(:own, ','))) AS o);

    IF (anew AND reason IS NULL AND COALESCE(told_at, '-') <> '') THEN
        reason := 'was dropped by someone else: its rows are missing; run ''floe setup'', and then ''floe snapshot'' for its source';
        IF (found > 0) THEN
            replaced := created;
            reason := 'was replaced by someone else: its rows are missing';
        END IF;
    END IF;

    IF (NOT looking AND reason IS NULL) THEN
        SELECT COALESCE(MAX(POSITION), '') INTO :last_drop FROM {floe_drops} WHERE TABLE_NAME = :table_name;
        SELECT COUNT(*) INTO :outlived FROM {floe_drops}
        WHERE TABLE_NAME = :table_name AND POSITION = :last_drop AND OUTLIVED;
        IF (dropped_tables = 'drop' AND last_drop > newest AND outlived = 0 AND known_gone IS NULL AND found > 0) THEN
            -- Where an old event comes again, another source of the name may be there of which no event has told: it has younger
            -- rows. From here on none come, and until the end it is known that this table is not as it was.
            UPDATE {floe_tables} SET PLAN = '' WHERE TABLE_NAME = :table_name;
            statement := 'UPDATE ' || state_path || ' SET REVISION = NULL, LOCKED_AT = CURRENT_TIMESTAMP() WHERE SNAPSHOT IS NULL';
            EXECUTE IMMEDIATE :statement;
            statement := 'UPDATE ' || {schema_text} || '.FLOE_DROPS SET OUTLIVED = TRUE WHERE TABLE_NAME = ' || table_text
                || ' AND POSITION = ''' || last_drop || ''' AND POSITION < (SELECT MAX(_POSITION) FROM ' || table_path || ')';
            EXECUTE IMMEDIATE :statement;
            SELECT COUNT(*) INTO :outlived FROM {floe_drops}
            WHERE TABLE_NAME = :table_name AND POSITION = :last_drop AND OUTLIVED;
        END IF;
        gone := dropped_tables = 'drop' AND last_drop > newest AND outlived = 0;
        SELECT COALESCE(MAX(POSITION), '') INTO :ended FROM {floe_drops}
        WHERE TABLE_NAME = :table_name AND (POSITION < :newest OR OUTLIVED OR :dropped_tables <> 'keep');
        SELECT COALESCE('''' || MAX(COMMITTED) || '''', 'NULL') INTO :ended_at FROM {floe_drops}
        WHERE TABLE_NAME = :table_name AND POSITION = :ended;
        plan := ended || ' ' || dropped_tables || ' ' || gone::VARCHAR || ' ' || own || ' ' || plan;
    END IF;

    IF (looking AND reason IS NULL AND found > 0) THEN
        -- What its owner wants no more: Floe's own columns that it does not write now, and those that the source lacks for a day.
        SELECT COALESCE(LISTAGG(u.QUOTED, ', ') WITHIN GROUP (ORDER BY u.QUOTED), '') INTO :unwanted
        FROM (
            SELECT '"' || a.COLUMN_NAME || '"' AS QUOTED
            FROM {information_schema}.COLUMNS AS a
            WHERE a.TABLE_SCHEMA = {schema_name} AND a.TABLE_NAME = :table_name
                AND a.COLUMN_NAME IN (SELECT o.value::VARCHAR FROM TABLE(FLATTEN(INPUT => SPLIT(:made, ','))) AS o)
                AND a.COLUMN_NAME NOT IN (SELECT o.value::VARCHAR FROM TABLE(FLATTEN(INPUT => PARSE_JSON(:known_own))) AS o)
            UNION
            SELECT '"' || REPLACE(a.COLUMN_NAME, '"', '""') || '"' AS QUOTED
            FROM {information_schema}.COLUMNS AS a
            JOIN (
                SELECT NAME, MAX(POSITION) AS LAST_POSITION FROM {floe_shapes} WHERE TABLE_NAME = :table_name GROUP BY NAME
            ) AS l ON l.NAME = a.COLUMN_NAME
            JOIN {floe_shapes} AS s ON s.TABLE_NAME = :table_name AND s.POSITION > l.LAST_POSITION
            WHERE a.TABLE_SCHEMA = {schema_name} AND a.TABLE_NAME = :table_name AND :dropped_columns = 'drop'
                AND a.COLUMN_NAME NOT IN (SELECT NAME FROM {floe_columns} WHERE REVISION = :applied)
            GROUP BY a.COLUMN_NAME
            HAVING MAX(COALESCE(DATEDIFF('second', s.TOLD_AT, CURRENT_TIMESTAMP()), 86400)) >= 86400
        ) AS u;
        IF (unwanted <> '') THEN
            lease := UUID_STRING();
            UPDATE {floe_tables} SET LEASE = :lease, LEASED_AT = CURRENT_TIMESTAMP()
            WHERE TABLE_NAME = :table_name AND REVISION = :applied
                AND (LEASE IS NULL OR DATEDIFF('second', LEASED_AT, CURRENT_TIMESTAMP()) > 300);
            IF (SQLROWCOUNT > 0) THEN
                BEGIN
                    statement := 'ALTER TABLE ' || table_path || ' DROP COLUMN ' || unwanted;
                    EXECUTE IMMEDIATE :statement;
                EXCEPTION
                    -- One that Snowflake does not let go, as a clustering key has it, stays, and no row waits for that.
                    WHEN OTHER THEN
                        NULL;
                END;
                UPDATE {floe_tables} SET LEASE = NULL WHERE LEASE = :lease;
            END IF;
        END IF;
    END IF;

    -- Also of a shape that changes nothing, as it is older than the one that is followed: rows that came before that may name
    -- a column which is gone.
    SELECT '[' || COALESCE(LISTAGG('"' || REPLACE(REPLACE(d.NAME, '\\', '\\\\'), '"', '\\"') || '"', ',')
        WITHIN GROUP (ORDER BY d.NAME), '') || ']'
    INTO :dropped_json
    FROM (
        SELECT DISTINCT h.NAME
        FROM {floe_shapes} AS h
        LEFT JOIN {floe_columns} AS p ON p.REVISION = :revision AND p.NAME = h.NAME
        WHERE h.TABLE_NAME = :table_name AND p.NAME IS NULL
    ) AS d;

    IF (looking OR reason IS NOT NULL OR (plan = applied_plan AND told_at <> '')) THEN
        IF (NOT looking) THEN
            DELETE FROM {floe_columns} WHERE REVISION = :revision;
            UPDATE {floe_tables}
            SET
                LEASE = NULL,
                SHAPE_POSITION = IFF(:reason IS NULL, :newest, SHAPE_POSITION),
                DROPPED_COLUMNS = IFF(:reason IS NULL, :dropped_json, DROPPED_COLUMNS)
            WHERE LEASE = :revision;
        END IF;
        RETURN IFF(
            reason IS NULL,
            OBJECT_CONSTRUCT('ready', TRUE)::VARCHAR,
            OBJECT_CONSTRUCT('unready', reason, 'replaced', replaced)::VARCHAR);
    END IF;

    INSERT INTO {floe_keys} (TABLE_NAME, KEY_COLUMNS, TOMBSTONES)
    SELECT :table_name, :key_now, :table_name || '_TOMBSTONES' || IFF(COUNT(*) = 0, '', '_' || (1 + COUNT(*))::VARCHAR)
    FROM {floe_keys} WHERE TABLE_NAME = :table_name
    HAVING COALESCE(SUM(IFF(KEY_COLUMNS = :key_now, 1, 0)), 0) = 0;
    SELECT MIN(TOMBSTONES) INTO :tombstones
    FROM {floe_keys} WHERE TABLE_NAME = :table_name AND KEY_COLUMNS = :key_now;

    -- Floe's own columns: what a change writes to them, and what the floor does, which ends rows without a change of theirs.
    SELECT
        COALESCE(LISTAGG(', IF NOT EXISTS ' || o.NAME || ' ' || o.TYPE, '') WITHIN GROUP (ORDER BY o.PLACE), ''),
        COALESCE(LISTAGG(', ' || o.NAME, '') WITHIN GROUP (ORDER BY o.PLACE), ''),
        COALESCE(LISTAGG(', ' || o.READING, '') WITHIN GROUP (ORDER BY o.PLACE), ''),
        COALESCE(LISTAGG(', ' || o.NAME || ' = ' || o.READING, '') WITHIN GROUP (ORDER BY o.PLACE), ''),
        COALESCE(LISTAGG(o.NAME || ' = ' || o.MARK, ', ') WITHIN GROUP (ORDER BY o.PLACE), '')
    INTO :own_additions, :own_columns, :c_own_columns, :own_assignments, :own_marks
    FROM (
        SELECT 1 AS PLACE, '_DELETED' AS NAME, 'BOOLEAN' AS TYPE, 'NOT c._FLOE_IS_THERE' AS READING, 'TRUE' AS MARK
        UNION ALL SELECT 2, '_DELETED_AT', 'TIMESTAMP_TZ(9)',
            'TO_TIMESTAMP_TZ(IFF(c._FLOE_IS_THERE, NULL, c._FLOE_AT), ''AUTO'')::TIMESTAMP_TZ(9)',
            'TO_TIMESTAMP_TZ((SELECT FLOOR_AT FROM ' || :state_path || ' WHERE SNAPSHOT IS NULL), ''AUTO'')::TIMESTAMP_TZ(9)'
        UNION ALL SELECT 3, '_COMMITTED_AT', 'TIMESTAMP_TZ(9)', 'TO_TIMESTAMP_TZ(c._FLOE_AT, ''AUTO'')::TIMESTAMP_TZ(9)',
            'TO_TIMESTAMP_TZ((SELECT FLOOR_AT FROM ' || :state_path || ' WHERE SNAPSHOT IS NULL), ''AUTO'')::TIMESTAMP_TZ(9)'
        UNION ALL SELECT 4, '_APPLIED_AT', 'TIMESTAMP_TZ(9)', 'CURRENT_TIMESTAMP()::TIMESTAMP_TZ(9)',
            'CURRENT_TIMESTAMP()::TIMESTAMP_TZ(9)'
        UNION ALL SELECT 5, '_OPERATION', 'VARCHAR', 'c._FLOE_DID', '''delete'''
    ) AS o
    WHERE o.NAME IN (SELECT n.value::VARCHAR FROM TABLE(FLATTEN(INPUT => SPLIT(:own, ','))) AS n);

    SELECT OBJECT_CONSTRUCT(
        'table', :table_path,
        'tombstones', {schema_text} || '."' || REPLACE(:tombstones, '"', '""') || '"',
        'state', :state_path,
        'state_text', LEFT(:table_text, LENGTH(:table_text) - 1) || '_FLOE''',
        'apply_procedure', {schema_text} || '."APPLY_' || REPLACE(:table_name, '"', '""') || '"',
        'purge_procedure', {schema_text} || '."PURGE_' || REPLACE(:table_name, '"', '""') || '"',
        'revision', :revision,
        'keyed_since', :keyed_since,
        'counts_from', IFF(:dropped_tables = 'drop' AND :ended > :keyed_since, :ended, :keyed_since),
        -- Below it nothing counts where deleted rows go; where they stay, a row is written as one that went.
        'floor_of_rows', IFF(:deletes = 'soft', '''''', 'f.FLOOR'),
        'ended', :ended,
        'forgotten', IFF(:dropped_tables = 'drop', :ended, ''),
        'ended_at', :ended_at,
        'gone_since', :last_drop,
        'own_additions', :own_additions,
        'own_columns', :own_columns,
        'c_own_columns', :c_own_columns,
        'own_assignments', :own_assignments,
        'own_marks', :own_marks,
        'column_definitions', LISTAGG(p.QUOTED || ' ' || p.TYPE, ', ') WITHIN GROUP (ORDER BY p.ORDINAL),
        'key_definitions', LISTAGG(IFF(p.OF_KEY, p.QUOTED || ' ' || p.TYPE, NULL), ', ') WITHIN GROUP (ORDER BY p.ORDINAL),
        'column_values', LISTAGG(p.READING || ' AS ' || p.QUOTED, ', ') WITHIN GROUP (ORDER BY p.ORDINAL)
            || ', c.value[''row''] AS _ROW',
        'key_values', LISTAGG(IFF(p.OF_KEY, p.READING || ' AS ' || p.QUOTED, NULL), ', ') WITHIN GROUP (ORDER BY p.ORDINAL),
        'columns', LISTAGG(p.QUOTED, ', ') WITHIN GROUP (ORDER BY p.ORDINAL),
        'key_columns', LISTAGG(IFF(p.OF_KEY, p.QUOTED, NULL), ', ') WITHIN GROUP (ORDER BY p.ORDINAL),
        'c_columns', LISTAGG('c.' || p.QUOTED, ', ') WITHIN GROUP (ORDER BY p.ORDINAL),
        'c_key_columns', LISTAGG(IFF(p.OF_KEY, 'c.' || p.QUOTED, NULL), ', ') WITHIN GROUP (ORDER BY p.ORDINAL),
        -- Not the line that is there for the lock.
        'c_is_d', LISTAGG(IFF(p.OF_KEY, p.SAME_DELETED, NULL), ' AND ') WITHIN GROUP (ORDER BY p.ORDINAL)
            || ' AND d._POSITION <> ''''',
        'c_is_t', LISTAGG(IFF(p.OF_KEY, p.SAME, NULL), ' AND ') WITHIN GROUP (ORDER BY p.ORDINAL)
            || IFF(:keyed_since = '', '', ' AND t._POSITION >= ''' || :keyed_since || ''''),
        'unfit', COALESCE('CASE ' || NULLIF(LISTAGG(p.UNFIT, ' ') WITHIN GROUP (ORDER BY p.ORDINAL), '') || ' END', 'NULL::VARCHAR'),
        'key_unfit', COALESCE(
            NULLIF(LISTAGG(IFF(p.OF_KEY AND p.TYPE <> 'VARCHAR', '(' || p.IS_UNFIT || ')', NULL), ' OR ')
                WITHIN GROUP (ORDER BY p.ORDINAL), ''),
            'FALSE'),
        -- A table may consist of its key alone; then the key, which is equal, is set.
        'assignments', COALESCE(
            NULLIF(LISTAGG(IFF(p.OF_KEY, NULL, p.ASSIGNED), ', ') WITHIN GROUP (ORDER BY p.ORDINAL), ''),
            LISTAGG(p.ASSIGNED, ', ') WITHIN GROUP (ORDER BY p.ORDINAL)))
    INTO :parts
    FROM (
        SELECT
            r.*,
            IFF(r.NULLABLE, 'EQUAL_NULL(c.' || r.QUOTED || ', t.' || r.QUOTED || ')', 'c.' || r.QUOTED || ' = t.' || r.QUOTED)
                AS SAME,
            IFF(r.NULLABLE, 'EQUAL_NULL(c.' || r.QUOTED || ', d.' || r.QUOTED || ')', 'c.' || r.QUOTED || ' = d.' || r.QUOTED)
                AS SAME_DELETED,
            r.QUOTED || ' = IFF(c._ROW[' || r.TEXT || '] IS NULL'
                || IFF(r.SINCE = '', '', ' AND c._POSITION >= ''' || r.SINCE || '''')
                || ', t.' || r.QUOTED || ', c.' || r.QUOTED || ')' AS ASSIGNED,
            -- What cannot be read is NULL, and then the row is unfit: a text was given, and nothing came of it. Texts fit always.
            CASE
                WHEN r.TYPE LIKE 'NUMBER%' THEN
                    'TRY_TO_NUMBER(DECODE(' || r.GIVEN || ', ''true'', ''1'', ''false'', ''0'', ' || r.GIVEN || '), '
                        || SUBSTR(r.TYPE, 8, LENGTH(r.TYPE) - 8) || ')'
                WHEN r.TYPE = 'FLOAT' AND r.SINCE = '' THEN
                    -- A number of JSON may lose digits as a text.
                    'COALESCE(AS_DOUBLE(' || r.PATH || '), TRY_TO_DOUBLE(' || r.GIVEN || '))'
                WHEN r.TYPE = 'FLOAT' THEN 'TRY_TO_DOUBLE(' || r.GIVEN || ')'
                WHEN r.TYPE = 'BOOLEAN' THEN 'TRY_TO_BOOLEAN(' || r.GIVEN || ')'
                WHEN r.TYPE = 'DATE' THEN 'TRY_TO_DATE(' || r.GIVEN || ', ''AUTO'')'
                WHEN r.TYPE LIKE 'TIMESTAMP%' THEN
                    'TRY_TO_' || SPLIT_PART(r.TYPE, '(', 1) || '(' || r.GIVEN || ', ''AUTO'')::' || r.TYPE
                WHEN r.TYPE = 'BINARY' THEN 'TRY_TO_BINARY(' || r.GIVEN || ', ''BASE64'')'
                WHEN r.TYPE = 'VARIANT' THEN 'TRY_PARSE_JSON(' || r.GIVEN || ')'
                ELSE r.GIVEN
            END AS READING,
            'c.' || r.QUOTED || ' IS NULL AND ' || r.GIVEN_THERE || ' IS NOT NULL' AS IS_UNFIT,
            -- A delete needs its key alone.
            IFF(r.TYPE = 'VARCHAR', NULL, 'WHEN ' || IFF(r.OF_KEY, '', 'NOT c._DELETED AND ') || 'c.' || r.QUOTED || ' IS NULL AND '
                || r.GIVEN_THERE || ' IS NOT NULL THEN ' || LEFT(r.TEXT, LENGTH(r.TEXT) - 1) || ' ' || r.TYPE || '''') AS UNFIT
        FROM (
            SELECT
                q.*,
                IFF(
                    q.SINCE = '',
                    q.PATH || '::VARCHAR',
                    'IFF(' || IFF(q.WAS_OTHER, '', q.PATH || ' IS NULL AND ')
                        || 'c.value[''position'']::VARCHAR < ''' || q.SINCE || ''', '
                        || COALESCE(q.FILL, 'NULL::VARCHAR') || ', ' || q.PATH || '::VARCHAR)') AS GIVEN,
                -- The same, of a change whose values were read.
                IFF(
                    q.SINCE = '',
                    q.PATH_THERE || '::VARCHAR',
                    'IFF(' || IFF(q.WAS_OTHER, '', q.PATH_THERE || ' IS NULL AND ') || 'c._POSITION < ''' || q.SINCE || ''', '
                        || COALESCE(q.FILL, 'NULL::VARCHAR') || ', ' || q.PATH_THERE || '::VARCHAR)') AS GIVEN_THERE
            FROM (
                SELECT
                    i.*,
                    'c.value[''row''][' || i.TEXT || ']' AS PATH,
                    'c._ROW[' || i.TEXT || ']' AS PATH_THERE
                FROM {floe_columns} AS i WHERE i.REVISION = :revision
            ) AS q
        ) AS r
    ) AS p;

    -- Whether rows were marked until now when they were deleted.
    SELECT COUNT(*) INTO :marked FROM {information_schema}.COLUMNS
    WHERE TABLE_SCHEMA = {schema_name} AND TABLE_NAME = :table_name AND COLUMN_NAME = '_DELETED'
        AND COLUMN_NAME IN (SELECT o.value::VARCHAR FROM TABLE(FLATTEN(INPUT => SPLIT(:made, ','))) AS o);

    DELETE FROM {floe_steps} WHERE REVISION = :revision;
    INSERT INTO {floe_steps} (REVISION, PHASE, PLACE, STATEMENT, IS_TEMPLATE)
    SELECT :revision, PHASE, PLACE, TEMPLATE, TRUE FROM {floe_scripts}
    WHERE OF_TABLES = 'all'
        OR (:gone AND OF_TABLES = 'gone')
        OR (NOT :gone AND OF_TABLES IN ('there', :deletes))
        OR (NOT :gone AND OF_TABLES = 'keyed' AND :known_since <> :keyed_since)
        OR (NOT :gone AND OF_TABLES = 'hardened' AND :deletes = 'hard' AND :marked > 0);

    -- The columns that the table lacks: without default, which would have to be one that Snowflake knows, and without NOT NULL, as
    -- the source may drop a column and the mirror keeps it.
    INSERT INTO {floe_steps} (REVISION, PHASE, PLACE, STATEMENT, IS_TEMPLATE)
    SELECT
        :revision, 3, 1,
        'ALTER TABLE ' || :table_path || ' ADD COLUMN '
            || LISTAGG(p.QUOTED || ' ' || p.TYPE, ', ') WITHIN GROUP (ORDER BY p.ORDINAL),
        FALSE
    FROM {floe_columns} AS p
    LEFT JOIN {information_schema}.COLUMNS AS a
        ON a.TABLE_SCHEMA = {schema_name} AND a.TABLE_NAME = :table_name AND a.COLUMN_NAME = p.NAME
    LEFT JOIN {information_schema}.COLUMNS AS b
        ON b.TABLE_SCHEMA = {schema_name} AND b.TABLE_NAME = :table_name AND b.COLUMN_NAME = '_FLOE_' || p.NAME
    WHERE p.REVISION = :revision AND a.COLUMN_NAME IS NULL AND b.COLUMN_NAME IS NULL
        AND 0 < (SELECT COUNT(*) FROM {information_schema}.TABLES
            WHERE TABLE_SCHEMA = {schema_name} AND TABLE_NAME = :table_name)
    HAVING COUNT(*) > 0;

    INSERT INTO {floe_steps} (REVISION, PHASE, PLACE, STATEMENT, IS_TEMPLATE)
    SELECT :revision, 3, 2, 'ALTER TABLE ' || :table_path || ' ALTER COLUMN ' || '"' || REPLACE(a.COLUMN_NAME, '"', '""') || '"'
        || ' DROP NOT NULL', FALSE
    FROM {information_schema}.COLUMNS AS a
    WHERE a.TABLE_SCHEMA = {schema_name} AND a.TABLE_NAME = :table_name AND a.IS_NULLABLE = 'NO'
        AND a.COLUMN_NAME IN (SELECT NAME FROM {floe_shapes} WHERE TABLE_NAME = :table_name);

    -- The line for the lock has no key.
    INSERT INTO {floe_steps} (REVISION, PHASE, PLACE, STATEMENT, IS_TEMPLATE)
    SELECT :revision, 3, 2, 'ALTER TABLE ' || GET(:parts, 'tombstones')::VARCHAR || ' ALTER COLUMN '
        || '"' || REPLACE(a.COLUMN_NAME, '"', '""') || '"' || ' DROP NOT NULL', FALSE
    FROM {information_schema}.COLUMNS AS a
    WHERE a.TABLE_SCHEMA = {schema_name} AND a.TABLE_NAME = :tombstones AND a.IS_NULLABLE = 'NO'
        AND a.COLUMN_NAME IN (SELECT NAME FROM {floe_columns} WHERE REVISION = :revision AND OF_KEY);

    INSERT INTO {floe_steps} (REVISION, PHASE, PLACE, STATEMENT, IS_TEMPLATE)
    SELECT :revision, 3, 3, 'ALTER TABLE ' || :table_path || ' ALTER COLUMN ' || p.QUOTED || ' SET DATA TYPE NUMBER(38,'
        || a.NUMERIC_SCALE::VARCHAR || ')', FALSE
    FROM {floe_columns} AS p
    JOIN {information_schema}.COLUMNS AS a
        ON a.TABLE_SCHEMA = {schema_name} AND a.TABLE_NAME = :table_name AND a.COLUMN_NAME = p.NAME
    WHERE p.REVISION = :revision AND p.TYPE LIKE 'NUMBER%' AND a.DATA_TYPE = 'NUMBER' AND a.NUMERIC_PRECISION < 38;

    INSERT INTO {floe_steps} (REVISION, PHASE, PLACE, STATEMENT, IS_TEMPLATE)
    SELECT :revision, 3, 4, 'ALTER TABLE ' || :table_path || ' ALTER COLUMN ' || p.QUOTED || ' SET DATA TYPE VARCHAR(16777216)', FALSE
    FROM {floe_columns} AS p
    JOIN {information_schema}.COLUMNS AS a
        ON a.TABLE_SCHEMA = {schema_name} AND a.TABLE_NAME = :table_name AND a.COLUMN_NAME = p.NAME
    WHERE p.REVISION = :revision AND p.TYPE = 'VARCHAR' AND a.DATA_TYPE = 'TEXT' AND a.CHARACTER_MAXIMUM_LENGTH < 16777216;

    -- A type that Snowflake cannot change: a column beside it takes its values as far as they are the same in both, and then its
    -- name. The old one stays under a name of its own. What is missing then comes when the table is read again.
    INSERT INTO {floe_steps} (REVISION, PHASE, PLACE, STATEMENT, IS_TEMPLATE)
    SELECT :revision, 3, 10 * p.ORDINAL + 10 + s.PLACE,
        CASE s.PLACE
            WHEN 0 THEN 'ALTER TABLE ' || :table_path || ' DROP COLUMN IF EXISTS ' || p.BESIDE
            WHEN 1 THEN 'ALTER TABLE ' || :table_path || ' ADD COLUMN ' || p.BESIDE || ' ' || p.TYPE
            WHEN 2 THEN 'UPDATE ' || :table_path || ' SET ' || p.BESIDE || ' = ' || p.QUOTED || '::' || p.TYPE
            WHEN 3 THEN 'ALTER TABLE ' || :table_path || ' RENAME COLUMN ' || p.QUOTED || ' TO ' || p.ASIDE
            ELSE 'ALTER TABLE ' || :table_path || ' RENAME COLUMN ' || p.BESIDE || ' TO ' || p.QUOTED
        END,
        FALSE
    FROM (
        SELECT
            c.ORDINAL,
            c.TYPE,
            c.QUOTED,
            '"_FLOE_' || REPLACE(c.NAME, '"', '""') || '"' AS BESIDE,
            '"' || REPLACE(c.NAME, '"', '""') || '__' || (1 + COALESCE(k.HOW_MANY, 0))::VARCHAR || '"' AS ASIDE,
            a.COLUMN_NAME AS IS_THERE,
            b.COLUMN_NAME AS IS_BESIDE,
            a.DATA_TYPE = 'NUMBER'
                AND (c.TYPE = 'VARCHAR' OR c.TYPE = 'FLOAT' OR c.TYPE LIKE 'NUMBER%') AS SAME_VALUES,
            o.NAME IS NOT NULL AND a.COLUMN_NAME IS NOT NULL AND (
                a.DATA_TYPE <> IFF(c.TYPE = 'VARCHAR', 'TEXT', SPLIT_PART(c.TYPE, '(', 1))
                OR (c.TYPE LIKE 'NUMBER%'
                    AND a.NUMERIC_SCALE < NULLIF(SPLIT_PART(SPLIT_PART(c.TYPE, ',', 2), ')', 1), '')::NUMBER(38,0))) AS DIFFERS
        FROM {floe_columns} AS c
        LEFT JOIN (
            SELECT DISTINCT h.NAME
            FROM {floe_shapes} AS h
            JOIN {floe_columns} AS i ON i.REVISION = :revision AND i.NAME = h.NAME AND i.TYPE <> h.TYPE
            WHERE h.TABLE_NAME = :table_name
        ) AS o ON o.NAME = c.NAME
        LEFT JOIN (
            SELECT i.NAME, COUNT(*) AS HOW_MANY
            FROM {floe_columns} AS i
            JOIN {information_schema}.COLUMNS AS x
                ON x.TABLE_SCHEMA = {schema_name} AND x.TABLE_NAME = :table_name
                    AND LEFT(x.COLUMN_NAME, LENGTH(i.NAME) + 2) = i.NAME || '__'
            WHERE i.REVISION = :revision
            GROUP BY i.NAME
        ) AS k ON k.NAME = c.NAME
        LEFT JOIN {information_schema}.COLUMNS AS a
            ON a.TABLE_SCHEMA = {schema_name} AND a.TABLE_NAME = :table_name AND a.COLUMN_NAME = c.NAME
        LEFT JOIN {information_schema}.COLUMNS AS b
            ON b.TABLE_SCHEMA = {schema_name} AND b.TABLE_NAME = :table_name AND b.COLUMN_NAME = '_FLOE_' || c.NAME
        WHERE c.REVISION = :revision
    ) AS p
    CROSS JOIN (
        SELECT 0 AS PLACE UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4
    ) AS s
    WHERE (p.DIFFERS AND (s.PLACE <> 2 OR p.SAME_VALUES))
        OR (p.IS_THERE IS NULL AND p.IS_BESIDE IS NOT NULL AND s.PLACE = 4);

    -- What rows hold that were written before a column was there.
    INSERT INTO {floe_steps} (REVISION, PHASE, PLACE, STATEMENT, IS_TEMPLATE)
    SELECT :revision, 5, p.ORDINAL,
        'UPDATE ' || :table_path || ' SET ' || p.QUOTED || ' = ' || CASE
                WHEN p.FILL IS NULL THEN 'NULL'
                WHEN p.TYPE = 'BINARY' THEN 'TO_BINARY(' || p.FILL || ', ''BASE64'')'
                WHEN p.TYPE = 'VARIANT' THEN 'PARSE_JSON(' || p.FILL || ')'
                ELSE p.FILL || '::' || p.TYPE
            END
            || ' WHERE COALESCE(_POSITION, '''') < ''' || p.SINCE || ''''
            || IFF(p.FILL IS NULL, ' AND ' || p.QUOTED || ' IS NOT NULL', ''),
        FALSE
    FROM {floe_columns} AS p
    LEFT JOIN {floe_columns} AS o ON o.TABLE_NAME = p.TABLE_NAME AND o.REVISION = :applied AND o.NAME = p.NAME
    WHERE p.REVISION = :revision AND p.SINCE <> ''
        AND (o.NAME IS NULL OR o.SINCE <> p.SINCE OR o.WAS_OTHER <> p.WAS_OTHER);

    IF (gone) THEN
        DELETE FROM {floe_steps} WHERE REVISION = :revision AND NOT IS_TEMPLATE;
        INSERT INTO {floe_steps} (REVISION, PHASE, PLACE, STATEMENT, IS_TEMPLATE)
        SELECT :revision, 3, 1, 'DROP TABLE IF EXISTS ' || :table_path, FALSE;
    END IF;
    SELECT COALESCE(LISTAGG(o.NAME, ',') WITHIN GROUP (ORDER BY o.NAME), '') INTO :made
    FROM (
        SELECT DISTINCT o.value::VARCHAR AS NAME FROM TABLE(FLATTEN(INPUT => SPLIT(:made || ',' || :own, ','))) AS o
    ) AS o
    WHERE o.NAME <> '' AND NOT :gone;

    SELECT
        '[' || LISTAGG(IFF(OF_KEY, '"' || REPLACE(REPLACE(NAME, '\\', '\\\\'), '"', '\\"') || '"', NULL), ',')
            WITHIN GROUP (ORDER BY ORDINAL) || ']',
        '[' || LISTAGG('"' || REPLACE(REPLACE(NAME, '\\', '\\\\'), '"', '\\"') || '"', ',')
            WITHIN GROUP (ORDER BY ORDINAL) || ']',
        '[' || COALESCE(LISTAGG(
            IFF(TYPE = 'DATE' OR TYPE LIKE 'TIMESTAMP%', '"' || REPLACE(REPLACE(NAME, '\\', '\\\\'), '"', '\\"') || '"', NULL), ',')
            WITHIN GROUP (ORDER BY ORDINAL), '') || ']'
    INTO :key_json, :columns_json, :dates_json
    FROM {floe_columns} WHERE REVISION = :revision;

    -- Until the end it is known that this table is not as it was.
    UPDATE {floe_tables} SET PLAN = '', MADE_COLUMNS = :made, GONE_SINCE = IFF(:gone, :last_drop, GONE_SINCE)
    WHERE TABLE_NAME = :table_name;
    SELECT COUNT(*) INTO :steps FROM {floe_steps} WHERE REVISION = :revision;
    step := 1;
    WHILE (step <= steps) DO
        SELECT s.STATEMENT, s.IS_TEMPLATE, s.PHASE INTO :statement, :template, :phase
        FROM (
            SELECT STATEMENT, IS_TEMPLATE, PHASE, ROW_NUMBER() OVER (ORDER BY PHASE, PLACE, STATEMENT) AS STEP
            FROM {floe_steps} WHERE REVISION = :revision
        ) AS s
        WHERE s.STEP = :step;
        IF (template) THEN
            -- In one pass: what is put in may itself hold braces.
            SELECT LISTAGG(
                CASE
                    WHEN p.index = 0 THEN p.PIECE
                    WHEN GET(:parts, SPLIT_PART(p.PIECE, '}', 1)) IS NULL THEN '{' || p.PIECE
                    ELSE GET(:parts, SPLIT_PART(p.PIECE, '}', 1))::VARCHAR
                        || SUBSTR(p.PIECE, LENGTH(SPLIT_PART(p.PIECE, '}', 1)) + 2)
                END, '') WITHIN GROUP (ORDER BY p.index)
            INTO :statement
            FROM (
                SELECT c.index, c.value::VARCHAR AS PIECE FROM TABLE(FLATTEN(INPUT => SPLIT(:statement, '{'))) AS c
            ) AS p;
        END IF;
        IF (phase = 5 AND NOT closing) THEN
            -- What old rows hold, and the end, come to be at once.
            BEGIN TRANSACTION;
            closing := TRUE;
        END IF;
        EXECUTE IMMEDIATE :statement;
        step := step + 1;
    END WHILE;
    IF (NOT closing) THEN
        BEGIN TRANSACTION;
    END IF;

    SELECT MAX(DATE_PART('epoch_nanosecond', CREATED))::VARCHAR INTO :created
    FROM {information_schema}.TABLES WHERE TABLE_SCHEMA = {schema_name} AND TABLE_NAME = :table_name;
    UPDATE {floe_tables}
    SET
        SOURCE = :source,
        KEY_COLUMNS = :key_json,
        COLUMNS = :columns_json,
        DATE_COLUMNS = :dates_json,
        DROPPED_COLUMNS = :dropped_json,
        SHAPE_POSITION = :newest,
        KEYED_SINCE = :keyed_since,
        OTHER_KEY_AT = COALESCE(:other_key, ''),
        REVISION = :revision,
        PLAN = :plan,
        OWN_COLUMNS = IFF(:own = '', '[]', '["' || REPLACE(:own, ',', '","') || '"]'),
        GONE_SINCE = IFF(:gone, :last_drop, NULL),
        CREATED = :created,
        LEASE = NULL
    WHERE TABLE_NAME = :table_name AND LEASE = :revision;
    IF (SQLROWCOUNT = 0) THEN
        ROLLBACK;
        RETURN OBJECT_CONSTRUCT('unready', 'took too long to change, and someone else began to', 'waits', TRUE)::VARCHAR;
    END IF;
    statement := 'UPDATE ' || GET(parts, 'state')::VARCHAR || ' SET REVISION = ''' || revision
        || ''', LOCKED_AT = CURRENT_TIMESTAMP() WHERE SNAPSHOT IS NULL';
    EXECUTE IMMEDIATE :statement;
    DELETE FROM {floe_columns} WHERE TABLE_NAME = :table_name AND REVISION <> :revision;
    DELETE FROM {floe_steps} WHERE REVISION = :revision;
    COMMIT;

    RETURN OBJECT_CONSTRUCT('ready', TRUE, 'anew', anew)::VARCHAR;
EXCEPTION
    WHEN OTHER THEN
        -- Its number alone: its text may hold a value.
        reason := 'could not be changed: Snowflake refused it with ' || SQLCODE || ' (' || SQLSTATE || ')';
        ROLLBACK;
        DELETE FROM {floe_columns} WHERE REVISION = :revision AND REVISION <> COALESCE(:applied, '');
        DELETE FROM {floe_steps} WHERE REVISION = :revision;
        UPDATE {floe_tables} SET LEASE = NULL WHERE LEASE = :revision;
        RETURN OBJECT_CONSTRUCT('unready', reason)::VARCHAR;
END;
$$;
