-- Applies nothing to {table}, which was dropped with its source at the position {gone_since}: what is older means nothing any
-- more, and what is younger waits for the event that tells of another source of the name. BATCH and the answer are those of
-- apply.sql.
CREATE OR REPLACE PROCEDURE {apply_procedure}(BATCH VARIANT)
RETURNS VARCHAR
LANGUAGE SQL
EXECUTE AS OWNER
AS
$$
DECLARE
    newest VARCHAR;
BEGIN
    SELECT GREATEST(COALESCE(MAX(c.value['position']::VARCHAR), ''), COALESCE(GET(:BATCH, 'floor')::VARCHAR, ''))
    INTO :newest
    FROM TABLE(FLATTEN(INPUT => GET(:BATCH, 'changes'))) AS c;
    SELECT GREATEST(COALESCE(MAX(s.value['position']::VARCHAR), ''), :newest) INTO :newest
    FROM TABLE(FLATTEN(INPUT => GET(:BATCH, 'snapshots'))) AS s;
    IF (newest >= '{gone_since}') THEN
        RETURN '{"unready":"was dropped with its source, and no event has told of another one yet"}';
    END IF;
    RETURN '{"changes":' || ARRAY_SIZE(GET(BATCH, 'changes')) || ',"refused":[],"snapshots":0,"age":0}';
END;
$$;
