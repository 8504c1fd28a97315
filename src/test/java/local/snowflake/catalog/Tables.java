package local.snowflake.catalog;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import local.snowflake.sql.ObjectName;
import local.snowflake.sql.Rows;
import local.snowflake.sql.Rows.Column;
import local.snowflake.sql.Scope;
import local.snowflake.sql.SqlTranslator;
import local.snowflake.sql.SqlTranslator.Translation;
import local.snowflake.sql.Tokens;
import local.snowflake.sql.TypeReader;
import local.snowflake.values.H2Values;
import local.snowflake.values.SnowflakeError;
import local.snowflake.values.SnowflakeType;

/** CREATE, ALTER, DROP, TRUNCATE and DESCRIBE of tables. */
final class Tables {

    private Tables() {}

    /** CREATE, up to and with the word TABLE, has been read. */
    static Rows create(Session session, Tokens tokens, boolean orReplace) throws SQLException {
        boolean ifNotExists = tokens.take("IF", "NOT", "EXISTS");
        ObjectName table = session.resolve(tokens.names());
        if (tokens.take("LIKE")) {
            ObjectName model = session.resolve(tokens.names());
            tokens.expectEnd();
            return created(session, table, orReplace, ifNotExists, "LIKE " + model.h2());
        }
        if (tokens.take("AS")) {
            return createAs(session, table, orReplace, ifNotExists, tokens);
        }
        TableDefinition definition = TableDefinition.read(tokens, session);
        Optional<Collation> own = TableDefinition.readOptions(tokens);
        tokens.expectEnd();
        boolean there = exists(session, table);
        Collation collation = own.orElse(session.catalog().collations().ofSchema(table));
        Rows answer = created(session, table, orReplace, ifNotExists, definition.h2(collation));
        if (orReplace || !there) {
            session.catalog().collations().table(table, own);
        }
        if (!definition.indexed().isEmpty() && (orReplace || !there)) {
            List<String> key =
                    definition.indexed().stream().map(ObjectName::quote).toList();
            session.execute("CREATE INDEX ON " + table.h2() + "(" + String.join(", ", key) + ")");
        }
        return answer;
    }

    private static Rows createAs(
            Session session, ObjectName table, boolean orReplace, boolean ifNotExists, Tokens tokens)
            throws SQLException {
        Translation translation = SqlTranslator.statement(tokens.rest(), session, Scope.ofDescription());
        if (!translation.parameters().isEmpty()) {
            throw tokens.unexpected();
        }
        drop(session, table, orReplace);
        session.transaction().commitForDdl();
        session.execute(
                "CREATE TABLE " + (ifNotExists ? "IF NOT EXISTS " : "") + table.h2() + " AS " + translation.sql());
        remarkTypes(session, table);
        remarkCreation(session, table);
        return Rows.status(Rows.DDL, "Table " + table.name() + " successfully created.");
    }

    /** What INFORMATION_SCHEMA.TABLES shows as CREATED, and H2 does not know. */
    private static void remarkCreation(Session session, ObjectName table) throws SQLException {
        session.execute("COMMENT ON TABLE " + table.h2() + " IS "
                + ObjectName.literal(Instant.now().toString()));
    }

    private static void remarkTypes(Session session, ObjectName table) throws SQLException {
        List<String> remarks = new ArrayList<>();
        try (Statement statement = session.connection().createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + table.h2() + " WHERE FALSE")) {
            ResultSetMetaData columns = none.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                remarks.add("COMMENT ON COLUMN " + table.h2() + "." + ObjectName.quote(columns.getColumnName(i))
                        + " IS " + ObjectName.literal(H2Values.type(columns, i).toString()));
            }
        }
        for (String remark : remarks) {
            session.execute(remark);
        }
    }

    private static Rows created(
            Session session, ObjectName table, boolean orReplace, boolean ifNotExists, String definition)
            throws SQLException {
        session.transaction().commitForDdl();
        if (!session.catalog().hasSchema(table.database(), table.schema())) {
            throw SnowflakeError.unknownObject("Schema", table.database() + "." + table.schema());
        }
        if (ifNotExists && exists(session, table)) {
            return Rows.status(Rows.DDL, table.name() + " already exists, statement succeeded.");
        }
        drop(session, table, orReplace);
        session.execute("CREATE TABLE " + table.h2() + " (" + definition + ")");
        remarkCreation(session, table);
        return Rows.status(Rows.DDL, "Table " + table.name() + " successfully created.");
    }

    private static void drop(Session session, ObjectName table, boolean really) throws SQLException {
        if (really) {
            session.execute("DROP TABLE IF EXISTS " + table.h2());
        }
    }

    /** DROP TABLE has been read. */
    static Rows drop(Session session, Tokens tokens) throws SQLException {
        boolean ifExists = tokens.take("IF", "EXISTS");
        ObjectName table = session.resolve(tokens.names());
        boolean ignored = tokens.take("CASCADE") || tokens.take("RESTRICT");
        tokens.expectEnd();
        session.transaction().commitForDdl();
        session.execute("DROP TABLE " + (ifExists ? "IF EXISTS " : "") + table.h2() + (ignored ? " CASCADE" : ""));
        return Rows.status(Rows.DDL, table.name() + " successfully dropped.");
    }

    /** TRUNCATE has been read. */
    static Rows truncate(Session session, Tokens tokens) throws SQLException {
        tokens.take("TABLE");
        boolean ifExists = tokens.take("IF", "EXISTS");
        ObjectName table = session.resolve(tokens.names());
        tokens.expectEnd();
        session.transaction().commitForDdl();
        if (!ifExists || exists(session, table)) {
            session.execute("TRUNCATE TABLE " + table.h2());
        }
        return Rows.done(Rows.DDL);
    }

    /** ALTER TABLE has been read. */
    static Rows alter(Session session, Tokens tokens) throws SQLException {
        String ifExists = tokens.take("IF", "EXISTS") ? "IF EXISTS " : "";
        ObjectName table = session.resolve(tokens.names());
        String change = "ALTER TABLE " + ifExists + table.h2() + " ";
        List<String> changes = new ArrayList<>();
        if (tokens.take("ADD")) {
            tokens.take("COLUMN");
            do {
                String ifNotExists = tokens.take("IF", "NOT", "EXISTS") ? "IF NOT EXISTS " : "";
                Collation collation = session.catalog().collations().of(table);
                changes.add(
                        change + "ADD COLUMN " + ifNotExists + TableDefinition.readColumn(tokens, session, collation));
            } while (tokens.take(","));
        } else if (tokens.take("DROP")) {
            tokens.take("COLUMN");
            String columnIfExists = tokens.take("IF", "EXISTS") ? "IF EXISTS " : "";
            do {
                changes.add(change + "DROP COLUMN " + columnIfExists + ObjectName.quote(tokens.name()));
            } while (tokens.take(","));
        } else if (tokens.take("RENAME", "TO")) {
            changes.add(change + "RENAME TO "
                    + ObjectName.quote(session.resolve(tokens.names()).name()));
        } else if (tokens.take("RENAME", "COLUMN")) {
            String from = ObjectName.quote(tokens.name());
            tokens.expect("TO");
            changes.add(change + "ALTER COLUMN " + from + " RENAME TO " + ObjectName.quote(tokens.name()));
        } else {
            tokens.expect("ALTER");
            tokens.take("COLUMN");
            String column = ObjectName.quote(tokens.name());
            if (tokens.take("DROP", "NOT", "NULL")) {
                changes.add(change + "ALTER COLUMN " + column + " DROP NOT NULL");
            } else {
                tokens.expect("SET", "DATA", "TYPE");
                SnowflakeType type = TypeReader.read(tokens);
                changes.add(change + "ALTER COLUMN " + column + " SET DATA TYPE " + type.h2());
                changes.add("COMMENT ON COLUMN " + table.h2() + "." + column + " IS "
                        + ObjectName.literal(type.toString()));
            }
        }
        tokens.expectEnd();
        session.transaction().commitForDdl();
        for (String sql : changes) {
            session.execute(sql);
        }
        return Rows.done(Rows.DDL);
    }

    /** DESCRIBE TABLE has been read. */
    static Rows describe(Session session, Tokens tokens) throws SQLException {
        ObjectName table = session.resolve(tokens.names());
        tokens.expectEnd();
        List<List<Object>> rows = columns(session, table);
        if (rows.isEmpty()) {
            throw SnowflakeError.unknownObject("Table", table.toString());
        }
        List<Column> columns = List.of("name", "type", "kind", "null?", "default", "primary key", "unique key").stream()
                .map(Column::text)
                .toList();
        return Rows.of(Rows.DESCRIBE, columns, rows);
    }

    private static List<List<Object>> columns(Session session, ObjectName table) throws SQLException {
        try (var columns = session.connection()
                .prepareStatement("SELECT COLUMN_NAME, REMARKS, IS_NULLABLE, COLUMN_DEFAULT"
                        + " FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?"
                        + " ORDER BY ORDINAL_POSITION")) {
            columns.setString(1, table.h2Schema());
            columns.setString(2, table.name());
            List<List<Object>> rows = new ArrayList<>();
            ResultSet found = columns.executeQuery();
            while (found.next()) {
                String remark = found.getString(2) == null ? "" : found.getString(2);
                List<Object> row = new ArrayList<>();
                row.add(found.getString(1));
                row.add(remark.replace(TableDefinition.KEY_REMARK, ""));
                row.add("COLUMN");
                row.add(found.getString(3).toUpperCase(Locale.ROOT).equals("YES") ? "Y" : "N");
                row.add(found.getString(4));
                row.add(remark.endsWith(TableDefinition.KEY_REMARK) ? "Y" : "N");
                row.add("N");
                rows.add(row);
            }
            return rows;
        }
    }

    /** The Snowflake type of a result column: that of its table's column, or what H2's own type tells. */
    static SnowflakeType typeOf(Session session, ResultSetMetaData columns, int column) throws SQLException {
        SnowflakeType type = H2Values.type(columns, column);
        boolean ambiguous = type.family() == SnowflakeType.Family.TIMESTAMP_TZ || type.isSemiStructured();
        if (!ambiguous || columns.getTableName(column).isEmpty()) {
            return type;
        }
        try (var remark = session.connection()
                .prepareStatement("SELECT REMARKS FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = ?"
                        + " AND TABLE_NAME = ? AND COLUMN_NAME = ? AND REMARKS IS NOT NULL")) {
            remark.setString(1, columns.getSchemaName(column));
            remark.setString(2, columns.getTableName(column));
            remark.setString(3, columns.getColumnName(column));
            ResultSet found = remark.executeQuery();
            return found.next() ? TypeReader.parse(found.getString(1)) : type;
        }
    }

    static boolean exists(Session session, ObjectName table) throws SQLException {
        return !columns(session, table).isEmpty();
    }
}
