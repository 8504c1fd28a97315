package local.snowflake.scripting;

import java.sql.SQLException;
import local.snowflake.sql.Rows;
import local.snowflake.sql.Scope;
import local.snowflake.sql.Tokens;
import local.snowflake.values.SnowflakeError;
import local.snowflake.values.Typed;

/** Where a script runs: the session that called it does what is no matter of the script itself. */
public interface Host {

    /** Runs one statement of SQL. */
    Rows run(Tokens statement, Scope scope) throws SQLException;

    /** The value of an expression. */
    Typed value(Tokens expression, Scope scope) throws SQLException;

    /** Fails once the request that runs the script is cancelled. */
    void checkCancelled() throws SnowflakeError;
}
