package local.snowflake.catalog;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import local.snowflake.sql.ObjectName;
import local.snowflake.sql.Rows;
import local.snowflake.sql.Tokens;
import local.snowflake.sql.TypeReader;
import local.snowflake.values.SnowflakeError;
import local.snowflake.values.SnowflakeType.Family;

/** CREATE and DROP of anything. */
final class Definitions {

    private Definitions() {}

    /** CREATE has been read. */
    static Rows create(Session session, Tokens tokens, Procedures procedures) throws SQLException {
        boolean orReplace = tokens.take("OR", "REPLACE");
        boolean transientTable = tokens.take("TRANSIENT");
        if (tokens.take("TABLE")) {
            return Tables.create(session, tokens, orReplace);
        }
        if (transientTable) {
            throw tokens.unexpected();
        }
        if (tokens.take("PROCEDURE")) {
            boolean ifNotExists = tokens.take("IF", "NOT", "EXISTS");
            Procedure procedure = Procedure.read(session, tokens);
            session.transaction().commitForDdl();
            procedures.create(procedure, orReplace, ifNotExists);
            return Rows.status(Rows.DDL, "Function " + procedure.name().name() + " successfully created.");
        }
        if (tokens.take("DATABASE")) {
            boolean ifNotExists = tokens.take("IF", "NOT", "EXISTS");
            String database = tokens.name();
            tokens.expectEnd();
            session.transaction().commitForDdl();
            if (!skips(session.catalog().hasDatabase(database), orReplace, ifNotExists, database)) {
                session.catalog().dropDatabase(database);
                session.catalog().createDatabase(database);
            }
            session.useDatabase(database);
            return Rows.status(Rows.DDL, "Database " + database + " successfully created.");
        }
        tokens.expect("SCHEMA");
        boolean ifNotExists = tokens.take("IF", "NOT", "EXISTS");
        List<String> name = tokens.names();
        tokens.expectEnd();
        String database = databaseOf(session, name);
        String schema = name.get(name.size() - 1);
        session.transaction().commitForDdl();
        boolean there = session.catalog().hasSchema(database, schema);
        if (!skips(there, orReplace, ifNotExists, schema)) {
            if (there) {
                session.catalog().dropSchema(database, schema);
            }
            session.catalog().createSchema(database, schema);
        }
        session.useSchema(database, schema);
        return Rows.status(Rows.DDL, "Schema " + schema + " successfully created.");
    }

    private static boolean skips(boolean there, boolean orReplace, boolean ifNotExists, String name)
            throws SnowflakeError {
        if (there && !orReplace && !ifNotExists) {
            throw SnowflakeError.objectExists(name);
        }
        return there && !orReplace;
    }

    private static String databaseOf(Session session, List<String> schema) throws SnowflakeError {
        String database = schema.size() == 2 ? schema.get(0) : session.database();
        if (database == null) {
            throw SnowflakeError.noDatabase();
        }
        return database;
    }

    /** ALTER SCHEMA has been read. */
    static Rows alterSchema(Session session, Tokens tokens) throws SQLException {
        List<String> name = tokens.names();
        tokens.expect("SET");
        Collation collation = Collation.read(tokens);
        tokens.expectEnd();
        String database = databaseOf(session, name);
        String schema = name.get(name.size() - 1);
        if (!session.catalog().hasSchema(database, schema)) {
            throw SnowflakeError.unknownObject("Schema", String.join(".", name));
        }
        session.transaction().commitForDdl();
        session.catalog().collations().schema(ObjectName.h2Schema(database, schema), collation);
        return Rows.done(Rows.DDL);
    }

    /** DROP has been read. */
    static Rows drop(Session session, Tokens tokens, Procedures procedures) throws SQLException {
        if (tokens.take("TABLE")) {
            return Tables.drop(session, tokens);
        }
        if (tokens.take("PROCEDURE")) {
            boolean ifExists = tokens.take("IF", "EXISTS");
            ObjectName name = session.resolve(tokens.names());
            List<Family> families = families(tokens);
            tokens.expectEnd();
            session.transaction().commitForDdl();
            procedures.drop(name, families, ifExists);
            return Rows.status(Rows.DDL, name.name() + " successfully dropped.");
        }
        boolean database = tokens.take("DATABASE");
        if (!database) {
            tokens.expect("SCHEMA");
        }
        boolean ifExists = tokens.take("IF", "EXISTS");
        List<String> name = tokens.names();
        tokens.take("CASCADE");
        tokens.expectEnd();
        session.transaction().commitForDdl();
        String last = name.get(name.size() - 1);
        Catalog catalog = session.catalog();
        boolean there = database ? catalog.hasDatabase(last) : catalog.hasSchema(databaseOf(session, name), last);
        if (!there && !ifExists) {
            throw SnowflakeError.unknownObject(database ? "Database" : "Schema", String.join(".", name));
        }
        if (there && database) {
            catalog.dropDatabase(last);
        } else if (there) {
            catalog.dropSchema(databaseOf(session, name), last);
        }
        return Rows.status(Rows.DDL, last + " successfully dropped.");
    }

    private static List<Family> families(Tokens tokens) throws SnowflakeError {
        List<Family> families = new ArrayList<>();
        tokens.expect("(");
        while (!tokens.at(")")) {
            families.add(TypeReader.read(tokens).family());
            if (!tokens.take(",") && !tokens.at(")")) {
                throw tokens.unexpected();
            }
        }
        tokens.expect(")");
        return families;
    }
}
