-- A part of rows-hard.sql and of rows-soft.sql, after their MERGE.
    -- What is below the horizon and was not there was written with its number for a position, and goes again: that it was not there is
    -- known by the MERGE alone.
    IF (known_horizon <> '') THEN
        SELECT COALESCE(LISTAGG(SUBSTR(_POSITION, 2), ',') WITHIN GROUP (ORDER BY _POSITION), '') INTO :refused
        FROM {table} WHERE _POSITION >= '!' AND _POSITION < '"';
        IF (refused <> '') THEN
            DELETE FROM {table} WHERE _POSITION >= '!' AND _POSITION < '"';
        END IF;
    END IF;
