package floe.snowflake;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection of the driver whose prepared statements count their parameters themselves, and carry a QUERY_TAG that names
 * the procedure they call.
 *
 * <p>camel-jdbc asks for the number of parameters before each call, and the driver would ask Snowflake: one request more for
 * each. The tag goes with the request of the call, and Snowflake gives it to all that the procedure runs, so that what a table
 * costs can be asked for.
 */
final class TaggedCalls {

    /** Texts, names in quotes and comments, in which a question mark stands for itself, or one that is a parameter. */
    private static final Pattern PARAMETER = Pattern.compile(
            "'(?:[^'\\\\]|\\\\.|'')*+'|\"[^\"]*+\"|\\$\\$.*?\\$\\$|--[^\n]*+|//[^\n]*+|/\\*.*?\\*/|(\\?)",
            Pattern.DOTALL);

    /** A name in any spelling; longer ones than Snowflake allows stay without a tag of their own. */
    private static final Pattern CALL = Pattern.compile(
            "\\s*CALL\\s++((?:\"(?:[^\"]|\"\"){0,255}+\"|[\\w$.]){1,800}+)\\s*+\\(", Pattern.CASE_INSENSITIVE);

    private TaggedCalls() {}

    /** @param connection of the driver */
    static Connection on(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = invoke(connection, method, arguments);
            return result instanceof PreparedStatement statement
                            && method.getName().equals("prepareStatement")
                    ? prepared(statement, (String) arguments[0])
                    : result;
        });
    }

    private static PreparedStatement prepared(PreparedStatement statement, String sql) throws SQLException {
        Matcher call = CALL.matcher(sql);
        if (call.lookingAt()) {
            tag(statement, tag(call.group(1)));
        }
        return proxy(
                PreparedStatement.class,
                (proxy, method, arguments) -> method.getName().equals("getParameterMetaData")
                        ? parameters(count(sql))
                        : invoke(statement, method, arguments));
    }

    /** By its name, as a native executable, which captures alone, is built without the driver. */
    private static void tag(PreparedStatement statement, String tag) throws SQLException {
        try {
            statement
                    .getClass()
                    .getMethod("setParameter", String.class, Object.class)
                    .invoke(statement, "QUERY_TAG", tag);
        } catch (ReflectiveOperationException e) {
            throw new SQLException("Snowflake's driver takes no QUERY_TAG for a statement", e);
        }
    }

    private static String tag(String procedure) {
        return "{\"app\":\"floe\",\"stage\":\"load\",\"procedure\":\""
                + procedure.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    }

    private static int count(String sql) {
        return (int) PARAMETER
                .matcher(sql)
                .results()
                .filter(part -> part.group(1) != null)
                .count();
    }

    private static ParameterMetaData parameters(int count) {
        return proxy(ParameterMetaData.class, (proxy, method, arguments) -> {
            if (method.getName().equals("getParameterCount")) {
                return count;
            }
            throw new SQLException("Only the number of parameters is known before a call");
        });
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
