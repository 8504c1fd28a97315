package local.snowflake.scripting;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import local.snowflake.scripting.Script.Branch;
import local.snowflake.scripting.Script.Declaration;
import local.snowflake.scripting.Script.Handler;
import local.snowflake.scripting.Script.OwnException;
import local.snowflake.scripting.Script.Step;
import local.snowflake.sql.Rows;
import local.snowflake.sql.Scope;
import local.snowflake.sql.Tokens;
import local.snowflake.values.H2Errors;
import local.snowflake.values.SnowflakeError;
import local.snowflake.values.SnowflakeType;
import local.snowflake.values.Typed;

/** Runs a block of Snowflake Scripting. */
public final class ScriptRunner {

    /** What {@code RETURN} left behind; the value is that of the whole procedure. */
    private record Returned(Typed value) {}

    /** SQLSTATE of an exception that a procedure raised itself (Snowflake Scripting, Handling exceptions). */
    private static final String RAISED = "P0001";

    private final Host host;
    private final Map<String, OwnException> exceptions = new HashMap<>();
    private SnowflakeError caught;

    public ScriptRunner(Host host) {
        this.host = host;
    }

    /** Runs the block and answers what it returned, NULL if nothing. */
    public Typed run(Script script, Scope scope) throws SQLException {
        scope.declare("SQLROWCOUNT", new Typed(SnowflakeType.NUMBER, null));
        scope.declare("SQLFOUND", new Typed(SnowflakeType.BOOLEAN, null));
        scope.declare("SQLNOTFOUND", new Typed(SnowflakeType.BOOLEAN, null));
        Returned returned = block(script, scope);
        return returned == null ? Typed.NULL : returned.value();
    }

    private Returned block(Script script, Scope outer) throws SQLException {
        Scope scope = outer.inner();
        try {
            for (Declaration declaration : script.declarations()) {
                declare(declaration, scope);
            }
            return steps(script.steps(), scope);
        } catch (SnowflakeError e) {
            Handler handler = handlerOf(e, script.handlers());
            if (handler == null) {
                throw e;
            }
            return handle(e, handler, scope.inner());
        }
    }

    private Returned handle(SnowflakeError error, Handler handler, Scope scope) throws SQLException {
        scope.declare("SQLERRM", new Typed(SnowflakeType.VARCHAR, error.getMessage()));
        scope.declare("SQLCODE", new Typed(SnowflakeType.NUMBER, BigDecimal.valueOf(error.getErrorCode())));
        scope.declare("SQLSTATE", new Typed(SnowflakeType.VARCHAR, error.getSQLState()));
        SnowflakeError before = caught;
        caught = error;
        try {
            return steps(handler.steps(), scope);
        } finally {
            caught = before;
        }
    }

    private Handler handlerOf(SnowflakeError error, List<Handler> handlers) {
        if (error.getErrorCode() == SnowflakeError.cancelled().getErrorCode()) {
            return null;
        }
        for (Handler handler : handlers) {
            boolean raised = RAISED.equals(error.getSQLState());
            boolean named = raised
                    && handler.errors().stream()
                            .map(exceptions::get)
                            .anyMatch(own -> own != null && own.code() == error.getErrorCode());
            boolean ofStatement = !raised
                    && (handler.errors().contains("STATEMENT_ERROR")
                            || handler.errors().contains("EXPRESSION_ERROR"));
            if (named || ofStatement || handler.errors().contains("OTHER")) {
                return handler;
            }
        }
        return null;
    }

    private Returned steps(List<Step> steps, Scope scope) throws SQLException {
        for (Step step : steps) {
            host.checkCancelled();
            Returned returned = step(step, scope);
            if (returned != null) {
                return returned;
            }
        }
        return null;
    }

    private Returned step(Step step, Scope scope) throws SQLException {
        if (step instanceof Script.Execute execute) {
            execute(execute.sql(), scope);
        } else if (step instanceof Script.QueryInto select) {
            queryInto(select, scope);
        } else if (step instanceof Script.Let let) {
            declare(let.declaration(), scope);
        } else if (step instanceof Script.Assign assign) {
            scope.assign(assign.name(), value(assign.value(), scope));
        } else if (step instanceof Script.If choice) {
            return choose(choice, scope);
        } else if (step instanceof Script.While loop) {
            return loop(loop, scope);
        } else if (step instanceof Script.Return result) {
            return new Returned(result.value() == null ? Typed.NULL : value(result.value(), scope));
        } else if (step instanceof Script.Raise raise) {
            throw raised(raise);
        } else if (step instanceof Script.Block block) {
            return block(block.script(), scope);
        } else if (step instanceof OwnException own) {
            exceptions.put(own.name(), own);
        }
        return null;
    }

    private void execute(Tokens sql, Scope scope) throws SQLException {
        try {
            Rows rows = host.run(sql.again(), scope);
            remember(rows, scope);
        } catch (SQLException e) {
            throw uncaught(e, "STATEMENT_ERROR", sql);
        }
    }

    private static void remember(Rows rows, Scope scope) throws SnowflakeError {
        boolean query = rows.statementType() == Rows.SELECT;
        long count = query ? rows.rows().size() : rows.affected();
        scope.assign("SQLROWCOUNT", new Typed(SnowflakeType.NUMBER, BigDecimal.valueOf(count)));
        scope.assign("SQLFOUND", new Typed(SnowflakeType.BOOLEAN, count > 0));
        scope.assign("SQLNOTFOUND", new Typed(SnowflakeType.BOOLEAN, count == 0));
    }

    private void queryInto(Script.QueryInto select, Scope scope) throws SQLException {
        try {
            Rows rows = host.run(select.query().again(), scope);
            if (rows.rows().size() != 1) {
                throw new SnowflakeError(
                        2318,
                        "21000",
                        "A SELECT INTO statement expects exactly 1 returned row, but got "
                                + rows.rows().size() + ".");
            }
            for (int i = 0; i < select.targets().size(); i++) {
                Object value = rows.rows().get(0).get(i);
                scope.assign(
                        select.targets().get(i), new Typed(rows.columns().get(i).type(), value));
            }
            remember(rows, scope);
        } catch (SQLException e) {
            throw uncaught(e, "STATEMENT_ERROR", select.query());
        }
    }

    private void declare(Declaration declaration, Scope scope) throws SQLException {
        Typed value =
                declaration.value() == null ? new Typed(declaration.type(), null) : value(declaration.value(), scope);
        scope.declare(declaration.name(), declaration.type() == null ? value : value.as(declaration.type()));
    }

    private Returned choose(Script.If choice, Scope scope) throws SQLException {
        for (Branch branch : choice.branches()) {
            if (branch.condition() == null || holds(branch.condition(), scope)) {
                return steps(branch.steps(), scope);
            }
        }
        return null;
    }

    private Returned loop(Script.While loop, Scope scope) throws SQLException {
        Returned returned = null;
        while (returned == null && holds(loop.condition(), scope)) {
            returned = steps(loop.steps(), scope);
        }
        return returned;
    }

    private boolean holds(Tokens condition, Scope scope) throws SQLException {
        return Boolean.TRUE.equals(
                value(condition, scope).as(SnowflakeType.BOOLEAN).value());
    }

    private Typed value(Tokens expression, Scope scope) throws SQLException {
        try {
            return host.value(expression.again(), scope);
        } catch (SQLException e) {
            throw uncaught(e, "EXPRESSION_ERROR", expression);
        }
    }

    private SnowflakeError raised(Script.Raise raise) throws SnowflakeError {
        if (raise.name() == null) {
            if (caught == null) {
                throw SnowflakeError.syntax("RAISE");
            }
            return caught;
        }
        OwnException own = exceptions.get(raise.name());
        if (own == null) {
            throw SnowflakeError.invalidIdentifier(raise.name());
        }
        return uncaught(new SnowflakeError(own.code(), RAISED, own.message()), own.name(), raise.at());
    }

    private static SnowflakeError uncaught(SQLException error, String type, Tokens at) {
        SnowflakeError cause = H2Errors.of(error);
        String place = SnowflakeError.place(at.sql(), at.again().peek().start());
        return new SnowflakeError(
                cause.getErrorCode(),
                cause.getSQLState(),
                "Uncaught exception of type '" + type + "' on " + place + " : " + cause.getMessage());
    }
}
