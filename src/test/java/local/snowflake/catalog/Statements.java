package local.snowflake.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import local.snowflake.scripting.Host;
import local.snowflake.scripting.ScriptRunner;
import local.snowflake.sql.ObjectName;
import local.snowflake.sql.Rows;
import local.snowflake.sql.Rows.Column;
import local.snowflake.sql.Scope;
import local.snowflake.sql.SqlTranslator;
import local.snowflake.sql.SqlTranslator.Translation;
import local.snowflake.sql.Token;
import local.snowflake.sql.Tokens;
import local.snowflake.values.H2Errors;
import local.snowflake.values.H2Values;
import local.snowflake.values.SnowflakeError;
import local.snowflake.values.SnowflakeType;
import local.snowflake.values.Typed;
import local.snowflake.values.Variant;

/** Runs one statement of any kind. */
public final class Statements {

    private static final Set<String> QUERIES_AND_DML =
            Set.of("SELECT", "WITH", "(", "INSERT", "UPDATE", "DELETE", "MERGE");

    private static final String NOTHING_REFUSED = "{\"changes\":0,\"refused\":[]}";

    private final Procedures procedures;
    private final Journal journal;
    private final StatementFaults faults;

    public Statements(Procedures procedures, Journal journal, StatementFaults faults) {
        this.procedures = procedures;
        this.journal = journal;
        this.faults = faults;
    }

    /** Whether the statement needs a warehouse that runs: a query, a DML statement or a CALL. */
    private static boolean needsWarehouse(Tokens statement) {
        return statement.at("CALL") || isQueryOrDml(statement);
    }

    private static boolean isQueryOrDml(Tokens statement) {
        return statement.peek().kind() != Token.Kind.STRING
                && QUERIES_AND_DML.contains(statement.peek().text());
    }

    /** Runs the statement that {@code tokens} hold. */
    public Rows run(Session session, Tokens tokens, Scope scope) throws SQLException {
        journal.add(tokens, session.queryTag());
        faults.check(tokens.text(), needsWarehouse(tokens), session.warehouse());
        try {
            if (isQueryOrDml(tokens)) {
                return query(session, tokens, scope, false);
            }
            if (tokens.take("EXECUTE", "IMMEDIATE")) {
                return immediately(session, tokens, scope);
            }
            if (tokens.take("CALL")) {
                if (faults.skipsCalls() && bringsChanges(tokens)) {
                    return Rows.of(Rows.SELECT, List.of(Column.text("ANSWER")), List.of(List.of(NOTHING_REFUSED)));
                }
                return call(session, tokens, scope);
            }
            return command(session, tokens);
        } catch (SQLException e) {
            throw H2Errors.of(e);
        }
    }

    /** The columns the statement would answer; nothing is run. */
    public Rows describe(Session session, Tokens tokens) throws SQLException {
        journal.describe();
        Scope scope = Scope.ofDescription();
        try {
            if (isQueryOrDml(tokens)) {
                return query(session, tokens, scope, true);
            }
            if (tokens.take("CALL")) {
                Procedure procedure =
                        procedures.find(session.resolve(tokens.names()), arguments(session, tokens, scope));
                return answer(procedure, null).withoutRows();
            }
            return Rows.done(Rows.DDL).withoutRows();
        } catch (SQLException e) {
            throw H2Errors.of(e);
        }
    }

    /** The value of an expression of a procedure. */
    Typed value(Session session, Tokens expression, Scope scope) throws SQLException {
        return execute(session, SqlTranslator.expression(expression, session, scope), Rows.SELECT, false)
                .scalar();
    }

    private Rows query(Session session, Tokens tokens, Scope scope, boolean describe) throws SQLException {
        int type =
                switch (tokens.peek().text()) {
                    case "INSERT" -> Rows.INSERT;
                    case "UPDATE" -> Rows.UPDATE;
                    case "DELETE" -> Rows.DELETE;
                    case "MERGE" -> Rows.MERGE;
                    default -> Rows.SELECT;
                };
        return execute(session, SqlTranslator.statement(tokens, session, scope), type, describe);
    }

    private static Rows execute(Session session, Translation translation, int type, boolean describe)
            throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(translation.sql())) {
            if (describe) {
                ResultSetMetaData columns = statement.getMetaData();
                return columns == null
                        ? Rows.counts(type, 0).withoutRows()
                        : Rows.of(type, columns(session, columns), List.of());
            }
            for (int i = 0; i < translation.parameters().size(); i++) {
                statement.setObject(i + 1, translation.parameters().get(i));
            }
            session.running(statement);
            return session.waiting(statement::execute)
                    ? rows(session, type, statement.getResultSet())
                    : changed(session, translation, type, statement.getUpdateCount());
        } finally {
            session.idle();
        }
    }

    private static Rows changed(Session session, Translation translation, int type, int count) {
        if (count > 0 && translation.changed() != null) {
            session.catalog().staleReads().changed(translation.changed(), session);
        }
        return Rows.counts(type, count);
    }

    private static Rows rows(Session session, int type, ResultSet result) throws SQLException {
        List<Column> columns = columns(session, result.getMetaData());
        List<List<Object>> rows = new ArrayList<>();
        while (result.next()) {
            List<Object> row = new ArrayList<>(columns.size());
            for (int i = 0; i < columns.size(); i++) {
                row.add(H2Values.read(result, i + 1, columns.get(i).type()));
            }
            rows.add(row);
        }
        return Rows.of(type, columns, rows);
    }

    private static List<Column> columns(Session session, ResultSetMetaData h2) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= h2.getColumnCount(); i++) {
            boolean nullable = h2.isNullable(i) != ResultSetMetaData.columnNoNulls;
            columns.add(new Column(h2.getColumnLabel(i), Tables.typeOf(session, h2, i), nullable));
        }
        return columns;
    }

    private Rows call(Session session, Tokens tokens, Scope scope) throws SQLException {
        ObjectName name = session.resolve(tokens.names());
        List<Typed> given = arguments(session, tokens, scope);
        tokens.expectEnd();
        Procedure procedure = procedures.find(name, given);
        journal.call(procedure);
        Scope body = Scope.ofBinds(List.of());
        for (int i = 0; i < procedure.arguments().size(); i++) {
            Procedure.Argument argument = procedure.arguments().get(i);
            Typed value = i < given.size()
                    ? given.get(i)
                    : value(session, argument.defaultValue().again(), body);
            body.declare(argument.name(), value.as(argument.type()));
        }
        session.transaction().enterProcedure();
        boolean leftOpen;
        Typed result;
        try {
            result = new ScriptRunner(host(session)).run(procedure.body(), body);
        } finally {
            leftOpen = session.transaction().leaveProcedure();
        }
        if (leftOpen) {
            throw SnowflakeError.transactionLeftOpen();
        }
        return answer(procedure, result.as(procedure.returns()).value());
    }

    /** Whether it is a call for changes, rather than one of a procedure that makes tables; CALL has been read. */
    private static boolean bringsChanges(Tokens call) throws SnowflakeError {
        List<String> name = call.rest().names();
        return !name.get(name.size() - 1).startsWith("FLOE_");
    }

    /** EXECUTE IMMEDIATE of one statement; it sees no variable. */
    private Rows immediately(Session session, Tokens tokens, Scope scope) throws SQLException {
        Object sql = value(session, tokens, scope).as(SnowflakeType.VARCHAR).value();
        return run(session, Tokens.of(String.valueOf(sql)), Scope.ofBinds(List.of()));
    }

    private Host host(Session session) {
        return new Host() {
            @Override
            public Rows run(Tokens statement, Scope scope) throws SQLException {
                return Statements.this.run(session, statement, scope);
            }

            @Override
            public Typed value(Tokens expression, Scope scope) throws SQLException {
                return Statements.this.value(session, expression, scope);
            }

            @Override
            public void checkCancelled() throws SnowflakeError {
                session.checkCancelled();
            }
        };
    }

    private static Rows answer(Procedure procedure, Object value) {
        List<Object> row = new ArrayList<>();
        row.add(value);
        Column column = new Column(procedure.name().name(), procedure.returns(), true);
        return Rows.of(Rows.SELECT, List.of(column), List.of(row));
    }

    private List<Typed> arguments(Session session, Tokens tokens, Scope scope) throws SQLException {
        List<Typed> arguments = new ArrayList<>();
        int binds = 0;
        tokens.expect("(");
        while (!tokens.at(")")) {
            Tokens argument = tokens.upTo(",", ")");
            binds = argument(session, argument, scope, binds, arguments);
            if (!tokens.take(",") && !tokens.at(")")) {
                throw tokens.unexpected();
            }
        }
        tokens.expect(")");
        return arguments;
    }

    private int argument(Session session, Tokens argument, Scope scope, int binds, List<Typed> arguments)
            throws SQLException {
        int marks = argument.count("?");
        Scope own = scope.from(binds);
        if (argument.at("?") && argument.peek(1).kind() == Token.Kind.END) {
            arguments.add(own.bind(0));
        } else if (argument.at("PARSE_JSON", "(", "?", ")")) {
            Object text = own.bind(0).value();
            arguments.add(new Typed(
                    SnowflakeType.VARIANT,
                    text == null || text.toString().isBlank() ? null : Variant.parse(text.toString())));
        } else {
            arguments.add(value(session, argument, own));
        }
        return binds + marks;
    }

    private Rows command(Session session, Tokens tokens) throws SQLException {
        if (tokens.take("CREATE")) {
            return Definitions.create(session, tokens, procedures);
        }
        if (tokens.take("DROP")) {
            return Definitions.drop(session, tokens, procedures);
        }
        if (tokens.take("ALTER", "TABLE")) {
            return Tables.alter(session, tokens);
        }
        if (tokens.take("ALTER", "SCHEMA")) {
            return Definitions.alterSchema(session, tokens);
        }
        if (tokens.take("TRUNCATE")) {
            return Tables.truncate(session, tokens);
        }
        if (tokens.take("DESCRIBE", "TABLE") || tokens.take("DESC", "TABLE")) {
            return Tables.describe(session, tokens);
        }
        if (tokens.take("SHOW")) {
            return Shows.show(session, tokens, procedures);
        }
        return SessionCommands.run(session, tokens);
    }
}
