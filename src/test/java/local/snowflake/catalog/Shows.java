package local.snowflake.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import local.snowflake.sql.ObjectName;
import local.snowflake.sql.Rows;
import local.snowflake.sql.Rows.Column;
import local.snowflake.sql.Tokens;

/** SHOW TABLES and SHOW PROCEDURES, with the columns most asked for. */
final class Shows {

    private Shows() {}

    /** SHOW has been read. */
    static Rows show(Session session, Tokens tokens, Procedures procedures) throws SQLException {
        boolean tables = tokens.take("TABLES");
        if (!tables) {
            tokens.expect("PROCEDURES");
        }
        Pattern like = tokens.take("LIKE") ? like(tokens.string()) : null;
        String database = session.database();
        String schema = session.schema();
        if (tokens.take("IN")) {
            if (tokens.take("ACCOUNT")) {
                database = null;
                schema = null;
            } else if (tokens.take("DATABASE")) {
                database = tokens.atEnd() ? database : tokens.name();
                schema = null;
            } else {
                tokens.take("SCHEMA");
                List<String> name = tokens.names();
                schema = name.get(name.size() - 1);
                database = name.size() == 2 ? name.get(0) : database;
            }
        }
        tokens.expectEnd();
        return tables ? tables(session, like, database, schema) : procedures(procedures, like, database, schema);
    }

    private static Pattern like(String pattern) {
        String regex = Pattern.quote(pattern).replace("%", "\\E.*\\Q").replace("_", "\\E.\\Q");
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    private static boolean shown(ObjectName name, Pattern like, String database, String schema) {
        return (like == null || like.matcher(name.name()).matches())
                && (database == null || database.equals(name.database()))
                && (schema == null || schema.equals(name.schema()));
    }

    private static Rows tables(Session session, Pattern like, String database, String schema) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        try (var statement = session.connection().createStatement();
                ResultSet tables = statement.executeQuery("SELECT TABLE_SCHEMA, TABLE_NAME FROM"
                        + " INFORMATION_SCHEMA.TABLES WHERE TABLE_TYPE = 'BASE TABLE' ORDER BY 1, 2")) {
            while (tables.next()) {
                String place = tables.getString(1);
                int dot = place.indexOf('.');
                if (dot > 0) {
                    ObjectName name =
                            new ObjectName(place.substring(0, dot), place.substring(dot + 1), tables.getString(2));
                    if (shown(name, like, database, schema)) {
                        rows.add(List.of(name.name(), name.database(), name.schema(), "TABLE"));
                    }
                }
            }
        }
        return Rows.of(Rows.SHOW, columns("name", "database_name", "schema_name", "kind"), rows);
    }

    private static Rows procedures(Procedures procedures, Pattern like, String database, String schema) {
        List<List<Object>> rows = new ArrayList<>();
        for (Procedure procedure : procedures.all()) {
            ObjectName name = procedure.name();
            if (shown(name, like, database, schema)) {
                String arguments =
                        procedure.signature() + " RETURN " + procedure.returns().family();
                String count = String.valueOf(procedure.arguments().size());
                rows.add(List.of(name.name(), name.schema(), name.database(), count, count, arguments));
            }
        }
        return Rows.of(
                Rows.SHOW,
                columns("name", "schema_name", "catalog_name", "min_num_arguments", "max_num_arguments", "arguments"),
                rows);
    }

    private static List<Column> columns(String... names) {
        return List.of(names).stream()
                .map(name -> Column.text(name.toLowerCase(Locale.ROOT)))
                .toList();
    }
}
