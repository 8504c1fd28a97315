-- What Floe needs in a Snowflake account: a warehouse, a schema, two roles, and a user with a key pair.
--
-- Run it in Snowsight or with the Snowflake CLI, as a user who may take the roles SYSADMIN and SECURITYADMIN:
--
--     snow sql -f snowflake/account.sql
--
-- It may be repeated. Two roles, because running needs far less than setting up:
--
--   FLOE_OWNER  owns the mirrored tables and their procedures. The SQL that "floe setup" prints is run with it, by a person:
--               it belongs to SYSADMIN.
--   FLOE        runs: it may call the procedures and read FLOE_TABLES. The procedures act with the rights of FLOE_OWNER, so
--               whoever steals the key of Floe's user can write changes, but read no row and drop no table.

SET database_name = 'CDC_DESTINATION';
SET schema_name = 'PUBLIC';     -- better one that holds nothing else: FLOE may call each procedure in it
SET warehouse_name = 'FLOE';
SET owner_role = 'FLOE_OWNER';
SET floe_role = 'FLOE';
SET floe_user = 'FLOE';

SET schema_path = $database_name || '.' || $schema_name;
SET floe_tables = $schema_path || '.FLOE_TABLES';


-- Warehouse and schema

USE ROLE SYSADMIN;

-- The smallest is enough for most: calls bring up to 50,000 rows, and several run side by side. It stops after a minute without
-- a call, which it only gets if Firehose gathers for longer than that.
CREATE WAREHOUSE IF NOT EXISTS IDENTIFIER($warehouse_name)
    WAREHOUSE_SIZE = XSMALL
    AUTO_SUSPEND = 60
    AUTO_RESUME = TRUE
    INITIALLY_SUSPENDED = TRUE
    COMMENT = 'Floe: applies changes from MySQL';

CREATE DATABASE IF NOT EXISTS IDENTIFIER($database_name);
CREATE SCHEMA IF NOT EXISTS IDENTIFIER($schema_path);


-- Roles

USE ROLE SECURITYADMIN;

CREATE ROLE IF NOT EXISTS IDENTIFIER($owner_role) COMMENT = 'Floe: owns the mirrored tables and their procedures';
CREATE ROLE IF NOT EXISTS IDENTIFIER($floe_role) COMMENT = 'Floe: calls the procedures';
GRANT ROLE IDENTIFIER($owner_role) TO ROLE SYSADMIN;

GRANT USAGE ON WAREHOUSE IDENTIFIER($warehouse_name) TO ROLE IDENTIFIER($owner_role);
GRANT USAGE ON DATABASE IDENTIFIER($database_name) TO ROLE IDENTIFIER($owner_role);
GRANT USAGE ON SCHEMA IDENTIFIER($schema_path) TO ROLE IDENTIFIER($owner_role);
GRANT CREATE TABLE ON SCHEMA IDENTIFIER($schema_path) TO ROLE IDENTIFIER($owner_role);
GRANT CREATE PROCEDURE ON SCHEMA IDENTIFIER($schema_path) TO ROLE IDENTIFIER($owner_role);

GRANT USAGE ON WAREHOUSE IDENTIFIER($warehouse_name) TO ROLE IDENTIFIER($floe_role);
GRANT USAGE ON DATABASE IDENTIFIER($database_name) TO ROLE IDENTIFIER($floe_role);
GRANT USAGE ON SCHEMA IDENTIFIER($schema_path) TO ROLE IDENTIFIER($floe_role);
-- Those to come, too: "floe setup" replaces procedures, and what replaces one has none of its grants.
GRANT USAGE ON ALL PROCEDURES IN SCHEMA IDENTIFIER($schema_path) TO ROLE IDENTIFIER($floe_role);
GRANT USAGE ON FUTURE PROCEDURES IN SCHEMA IDENTIFIER($schema_path) TO ROLE IDENTIFIER($floe_role);

-- The only table that FLOE reads. "floe setup" makes it too; it is made here so that it can be granted.
USE ROLE IDENTIFIER($owner_role);
CREATE TABLE IF NOT EXISTS IDENTIFIER($floe_tables) (
    TABLE_NAME VARCHAR NOT NULL PRIMARY KEY, -- the mirrored table, as Snowflake spells it
    SOURCE VARCHAR NOT NULL,                 -- its source, schema.table as MySQL spells them
    KEY_COLUMNS VARCHAR NOT NULL             -- its key, a JSON array of Snowflake column names
) DEFAULT_DDL_COLLATION = '';
GRANT SELECT ON TABLE IDENTIFIER($floe_tables) TO ROLE IDENTIFIER($floe_role);


-- The user

USE ROLE SECURITYADMIN;

CREATE USER IF NOT EXISTS IDENTIFIER($floe_user)
    TYPE = SERVICE
    DEFAULT_ROLE = $floe_role
    DEFAULT_WAREHOUSE = $warehouse_name
    DEFAULT_SECONDARY_ROLES = ()
    COMMENT = 'Floe';

-- The public key, of this pair (the file is secret, and Floe alone gets it). It is too long for a variable, which holds 256 bytes.
--
--     openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out snowflake.p8
--     openssl pkey -in snowflake.p8 -pubout | grep -v '^-' | tr -d '\n'
--
-- Put in what the second command prints.
ALTER USER IDENTIFIER($floe_user) SET RSA_PUBLIC_KEY = 'MIIBIjANBgkq...';

GRANT ROLE IDENTIFIER($floe_role) TO USER IDENTIFIER($floe_user);

-- The answer should be what this prints:
--     openssl pkey -in snowflake.p8 -pubout -outform DER | openssl dgst -sha256 -binary | openssl base64
DESCRIBE USER IDENTIFIER($floe_user);


-- What follows is for you to choose from; names are those above.
--
-- Tables that were there before Floe. "floe setup" adds a column to them, so FLOE_OWNER must own them:
--
--     GRANT OWNERSHIP ON TABLE CDC_DESTINATION.PUBLIC.PERSONS TO ROLE FLOE_OWNER COPY CURRENT GRANTS;
--
-- Who reads the tables:
--
--     GRANT USAGE ON DATABASE CDC_DESTINATION TO ROLE ANALYST;
--     GRANT USAGE ON SCHEMA CDC_DESTINATION.PUBLIC TO ROLE ANALYST;
--     GRANT SELECT ON ALL TABLES IN SCHEMA CDC_DESTINATION.PUBLIC TO ROLE ANALYST;
--     GRANT SELECT ON FUTURE TABLES IN SCHEMA CDC_DESTINATION.PUBLIC TO ROLE ANALYST;
--
-- Only from the addresses of the cluster, such as those of its NAT gateways. A policy may be written by a role with CREATE
-- NETWORK POLICY on the account, its rule by the owner of a schema:
--
--     USE ROLE ACCOUNTADMIN;
--     CREATE NETWORK RULE CDC_DESTINATION.PUBLIC.FLOE_ADDRESSES
--         MODE = INGRESS TYPE = IPV4 VALUE_LIST = ('203.0.113.10/32', '203.0.113.11/32');
--     CREATE NETWORK POLICY FLOE ALLOWED_NETWORK_RULE_LIST = ('CDC_DESTINATION.PUBLIC.FLOE_ADDRESSES');
--     ALTER USER FLOE SET NETWORK_POLICY = FLOE;
--
-- Notice when it costs more than expected. SUSPEND would stop loading until the next month; files wait meanwhile, for as
-- long as nobody empties the bucket:
--
--     USE ROLE ACCOUNTADMIN;
--     CREATE RESOURCE MONITOR FLOE WITH CREDIT_QUOTA = 100 FREQUENCY = MONTHLY START_TIMESTAMP = IMMEDIATELY
--         TRIGGERS ON 80 PERCENT DO NOTIFY ON 100 PERCENT DO NOTIFY;
--     ALTER WAREHOUSE FLOE SET RESOURCE_MONITOR = FLOE;
--
-- Forget deletes once no file can come any more that is as old (docs/guarantees.md): a task for each table, here on Sundays.
-- 90 days, because dead letters may be put back until then:
--
--     USE ROLE ACCOUNTADMIN;
--     GRANT EXECUTE TASK ON ACCOUNT TO ROLE FLOE_OWNER;
--     GRANT CREATE TASK ON SCHEMA CDC_DESTINATION.PUBLIC TO ROLE FLOE_OWNER;
--     USE ROLE FLOE_OWNER;
--     CREATE TASK CDC_DESTINATION.PUBLIC.PURGE_PERSONS_WEEKLY
--         WAREHOUSE = FLOE
--         SCHEDULE = 'USING CRON 0 3 * * 0 UTC'
--     AS
--         CALL CDC_DESTINATION.PUBLIC.PURGE_PERSONS(DATEADD(day, -90, CURRENT_TIMESTAMP()));
--     ALTER TASK CDC_DESTINATION.PUBLIC.PURGE_PERSONS_WEEKLY RESUME;
--
-- A new key: set it as RSA_PUBLIC_KEY_2, give Floe its private half, then unset the old one.
--
--     ALTER USER FLOE SET RSA_PUBLIC_KEY_2 = 'MIIB...';
--     ALTER USER FLOE UNSET RSA_PUBLIC_KEY;
