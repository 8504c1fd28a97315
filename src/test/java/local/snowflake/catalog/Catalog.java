package local.snowflake.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import local.snowflake.sql.ObjectName;
import local.snowflake.values.CastFunctions;
import org.h2.Driver;

/** The databases and schemas of the account: one H2 database in memory, gone when this is closed. */
public final class Catalog implements AutoCloseable {

    private static final List<String> FUNCTIONS = List.of(
            "SF_TO_NUMBER CastFunctions.toNumber",
            "SF_TO_FLOAT CastFunctions.toFloat",
            "SF_TO_VARCHAR CastFunctions.toVarchar",
            "SF_TO_BOOLEAN CastFunctions.toBoolean",
            "SF_TO_BINARY CastFunctions.toBinary",
            "SF_TO_DATE CastFunctions.toDate",
            "SF_TO_TIME CastFunctions.toTime",
            "SF_TO_LOCAL CastFunctions.toLocal",
            "SF_TO_ZONED CastFunctions.toZoned",
            "SF_TO_JSON CastFunctions.toJson",
            "SF_TRY_TO_NUMBER TryFunctions.toNumber",
            "SF_TRY_TO_FLOAT TryFunctions.toFloat",
            "SF_TRY_TO_BOOLEAN TryFunctions.toBoolean",
            "SF_TRY_TO_DATE TryFunctions.toDate",
            "SF_TRY_TO_LOCAL TryFunctions.toLocal",
            "SF_TRY_TO_ZONED TryFunctions.toZoned",
            "SF_TRY_TO_BINARY TryFunctions.toBinary",
            "SF_TRY_PARSE_JSON TryFunctions.parseJson",
            "SF_AS_DOUBLE TryFunctions.asDouble",
            "SF_PARSE_JSON VariantFunctions.parseJson",
            "SF_PATH VariantFunctions.path",
            "SF_FLATTEN VariantFunctions.flatten",
            "SF_ARRAY_SIZE VariantFunctions.arraySize",
            "SF_TYPEOF VariantFunctions.typeOf",
            "SF_IS_NULL_VALUE VariantFunctions.isNullValue",
            "SF_OBJECT VariantFunctions.object",
            "SF_OBJECT_KEEP_NULL VariantFunctions.objectKeepingNull",
            "SF_ARRAY VariantFunctions.array",
            "SF_BINARY VariantFunctions.binary",
            "SF_BASE64 VariantFunctions.base64",
            "SF_HEX TextFunctions.hex",
            "SF_HEX_TEXT TextFunctions.hexText",
            "SF_REGEXP_LIKE TextFunctions.regexpLike",
            "SF_SPLIT TextFunctions.split",
            "SF_SPLIT_PART TextFunctions.splitPart");

    private final String url =
            "jdbc:h2:mem:snowflake-" + UUID.randomUUID() + ";DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=100";
    private final Connection open = connect();
    private final Collations collations = new Collations();
    private final StaleReads staleReads = new StaleReads();

    public Catalog() throws SQLException {
        for (String function : FUNCTIONS) {
            int space = function.indexOf(' ');
            execute("CREATE ALIAS " + function.substring(0, space) + " FOR \"" + CastFunctions.class.getPackageName()
                    + "." + function.substring(space + 1) + "\"");
        }
    }

    StaleReads staleReads() {
        return staleReads;
    }

    /** Has sessions not see what others commit from now on, or see it again. */
    public synchronized void staleReads(boolean on) throws SQLException {
        if (on) {
            staleReads.begin(open);
        } else {
            staleReads.end(open);
        }
    }

    Collations collations() {
        return collations;
    }

    /** A connection of its own for a session. */
    Connection connect() throws SQLException {
        Connection connection = new Driver().connect(url, new Properties());
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
            // H2 functions are known to the schema PUBLIC only, unless it is searched.
            statement.execute("SET SCHEMA_SEARCH_PATH PUBLIC");
        }
        return connection;
    }

    public synchronized boolean hasSchema(String database, String schema) throws SQLException {
        try (var schemas = open.prepareStatement("SELECT 1 FROM INFORMATION_SCHEMA.SCHEMATA WHERE SCHEMA_NAME = ?")) {
            schemas.setString(1, ObjectName.h2Schema(database, schema));
            return schemas.executeQuery().next();
        }
    }

    public boolean hasDatabase(String database) throws SQLException {
        return hasSchema(database, "INFORMATION_SCHEMA");
    }

    public synchronized void createDatabase(String database) throws SQLException {
        String views = ObjectName.quote(ObjectName.h2Schema(database, "INFORMATION_SCHEMA"));
        execute("CREATE SCHEMA " + views);
        execute("CREATE SCHEMA " + ObjectName.quote(ObjectName.h2Schema(database, "PUBLIC")));
        String here = "TABLE_SCHEMA LIKE " + ObjectName.literal(database + ".%") + " AND TABLE_SCHEMA NOT LIKE "
                + ObjectName.literal("%.INFORMATION\\_SCHEMA");
        String name = ObjectName.literal(database) + " AS TABLE_CATALOG, SUBSTRING(TABLE_SCHEMA, "
                + (database.length() + 2) + ") AS TABLE_SCHEMA, TABLE_NAME";
        execute("CREATE VIEW " + views + ".TABLES AS SELECT " + name
                + ", TABLE_TYPE, CAST(NULL AS VARCHAR) AS \"COMMENT\","
                + " CAST(REMARKS AS TIMESTAMP(9) WITH TIME ZONE) AS CREATED FROM INFORMATION_SCHEMA.TABLES WHERE "
                + here);
        execute("CREATE VIEW " + views + ".COLUMNS AS SELECT " + name
                + ", COLUMN_NAME, ORDINAL_POSITION, COLUMN_DEFAULT, IS_NULLABLE, IS_IDENTITY,"
                + " CASE REGEXP_SUBSTR(REMARKS, '^[A-Z_]+') WHEN 'VARCHAR' THEN 'TEXT'"
                + " ELSE REGEXP_SUBSTR(REMARKS, '^[A-Z_]+') END AS DATA_TYPE, CHARACTER_MAXIMUM_LENGTH,"
                + " NUMERIC_PRECISION, NUMERIC_SCALE, DATETIME_PRECISION FROM INFORMATION_SCHEMA.COLUMNS WHERE "
                + here);
    }

    void createSchema(String database, String schema) throws SQLException {
        collations.schema(ObjectName.h2Schema(database, schema), Collation.NONE);
        execute("CREATE SCHEMA " + ObjectName.quote(ObjectName.h2Schema(database, schema)));
    }

    void dropSchema(String database, String schema) throws SQLException {
        execute("DROP SCHEMA " + ObjectName.quote(ObjectName.h2Schema(database, schema)) + " CASCADE");
    }

    synchronized void dropDatabase(String database) throws SQLException {
        for (String schema : schemas(database)) {
            dropSchema(database, schema);
        }
    }

    /** The names of a database's schemas. */
    synchronized List<String> schemas(String database) throws SQLException {
        List<String> schemas = new java.util.ArrayList<>();
        try (Statement statement = open.createStatement();
                var rows = statement.executeQuery("SELECT SCHEMA_NAME FROM INFORMATION_SCHEMA.SCHEMATA")) {
            while (rows.next()) {
                if (rows.getString(1).startsWith(database + ".")) {
                    schemas.add(rows.getString(1).substring(database.length() + 1));
                }
            }
        }
        return schemas;
    }

    private synchronized void execute(String sql) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        }
    }
}
