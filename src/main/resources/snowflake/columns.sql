-- Once per mirrored table, and again when its source has columns that it lacks, once these are added. Last of all scripts:
-- COLUMNS says what the apply procedure that is there by now can write, DATE_COLUMNS what of it as dates.
ALTER TABLE {floe_tables} ADD COLUMN IF NOT EXISTS COLUMNS VARCHAR;

ALTER TABLE {floe_tables} ADD COLUMN IF NOT EXISTS DATE_COLUMNS VARCHAR;

UPDATE {floe_tables} SET COLUMNS = {columns_json}, DATE_COLUMNS = {date_columns_json} WHERE TABLE_NAME = {table_name};
