-- Once per mirrored table, and again when its source has columns that it lacks, once these are added. Last of all scripts:
-- COLUMNS says what the apply procedure that is there by now can write.
ALTER TABLE {floe_tables} ADD COLUMN IF NOT EXISTS COLUMNS VARCHAR;

UPDATE {floe_tables} SET COLUMNS = {columns_json} WHERE TABLE_NAME = {table_name};
