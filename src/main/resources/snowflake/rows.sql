-- For callers that bring one change of {table} at a time: the procedures that took legacy events, with the position of the
-- change as one more argument. Each is one call of the table's apply procedure, hence one transaction with the
-- same guards, and answers what that answers. Values are texts as events hold them, and NULL stands for NULL.

-- Writes a row, whether it is there or not.
CREATE OR REPLACE PROCEDURE {insert_procedure}({after_arguments}, CHANGE_POSITION VARCHAR)
RETURNS VARCHAR
LANGUAGE SQL
EXECUTE AS OWNER
AS
$$
DECLARE
    answer VARCHAR;
BEGIN
    CALL {apply_procedure}(OBJECT_CONSTRUCT('changes', ARRAY_CONSTRUCT(
        OBJECT_CONSTRUCT(
            'position', :change_position, 'operation', 'insert', 'row', OBJECT_CONSTRUCT_KEEP_NULL({after_values}))
    ))::VARIANT) INTO :answer;
    RETURN answer;
END;
$$;

-- Writes a row, and deletes the one that it was where the key has changed.
CREATE OR REPLACE PROCEDURE {update_procedure}({before_key_arguments}, {after_arguments}, CHANGE_POSITION VARCHAR)
RETURNS VARCHAR
LANGUAGE SQL
EXECUTE AS OWNER
AS
$$
DECLARE
    answer VARCHAR;
BEGIN
    CALL {apply_procedure}(OBJECT_CONSTRUCT('changes', IFF({is_same_key},
        ARRAY_CONSTRUCT(
            OBJECT_CONSTRUCT(
                'position', :change_position, 'operation', 'update', 'row', OBJECT_CONSTRUCT_KEEP_NULL({after_values}))),
        ARRAY_CONSTRUCT(
            OBJECT_CONSTRUCT(
                'position', :change_position, 'deleted', TRUE, 'row', OBJECT_CONSTRUCT_KEEP_NULL({before_key_values})),
            OBJECT_CONSTRUCT(
                'position', :change_position, 'operation', 'insert', 'row', OBJECT_CONSTRUCT_KEEP_NULL({after_values})))
    ))::VARIANT) INTO :answer;
    RETURN answer;
END;
$$;

-- Deletes a row.
CREATE OR REPLACE PROCEDURE {delete_procedure}({before_key_arguments}, CHANGE_POSITION VARCHAR)
RETURNS VARCHAR
LANGUAGE SQL
EXECUTE AS OWNER
AS
$$
DECLARE
    answer VARCHAR;
BEGIN
    CALL {apply_procedure}(OBJECT_CONSTRUCT('changes', ARRAY_CONSTRUCT(
        OBJECT_CONSTRUCT(
            'position', :change_position, 'deleted', TRUE, 'row', OBJECT_CONSTRUCT_KEEP_NULL({before_key_values}))
    ))::VARIANT) INTO :answer;
    RETURN answer;
END;
$$;

-- Takes in what is told of a snapshot: that it begins, ends on a lane or is cancelled. When it has ended on all lanes, all
-- rows go that are older than its position.
CREATE OR REPLACE PROCEDURE {snapshot_procedure}(STEP VARCHAR, LANE NUMBER, LANES NUMBER, CHANGE_POSITION VARCHAR)
RETURNS VARCHAR
LANGUAGE SQL
EXECUTE AS OWNER
AS
$$
DECLARE
    answer VARCHAR;
BEGIN
    CALL {apply_procedure}(OBJECT_CONSTRUCT(
        'snapshots', ARRAY_CONSTRUCT(
            OBJECT_CONSTRUCT('position', :change_position, 'step', :step, 'lane', :lane, 'lanes', :lanes)),
        'changes', ARRAY_CONSTRUCT())::VARIANT) INTO :answer;
    RETURN answer;
END;
$$;

-- Deletes all rows that are older than the position, and keeps what is older out.
CREATE OR REPLACE PROCEDURE {truncate_procedure}(CHANGE_POSITION VARCHAR)
RETURNS VARCHAR
LANGUAGE SQL
EXECUTE AS OWNER
AS
$$
DECLARE
    answer VARCHAR;
BEGIN
    CALL {apply_procedure}(
        OBJECT_CONSTRUCT('floor', :change_position, 'changes', ARRAY_CONSTRUCT())::VARIANT) INTO :answer;
    RETURN answer;
END;
$$;
