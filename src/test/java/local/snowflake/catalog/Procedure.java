package local.snowflake.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import local.snowflake.scripting.Script;
import local.snowflake.scripting.ScriptParser;
import local.snowflake.sql.ObjectName;
import local.snowflake.sql.Token.Kind;
import local.snowflake.sql.Tokens;
import local.snowflake.sql.TypeReader;
import local.snowflake.values.SnowflakeError;
import local.snowflake.values.SnowflakeType;

/**
 * A stored procedure in Snowflake Scripting.
 *
 * @param returns the type of its result
 */
record Procedure(ObjectName name, List<Argument> arguments, SnowflakeType returns, Script body) {

    /**
     * A declared argument.
     *
     * @param defaultValue null if it must be given
     */
    record Argument(String name, SnowflakeType type, Tokens defaultValue) {}

    /** Reads what follows the word PROCEDURE. */
    static Procedure read(Session session, Tokens tokens) throws SnowflakeError {
        ObjectName name = session.resolve(tokens.names());
        List<Argument> arguments = arguments(tokens);
        tokens.expect("RETURNS");
        if (tokens.at("TABLE")) {
            throw tokens.unexpected();
        }
        SnowflakeType returns = TypeReader.read(tokens);
        while (!tokens.take("AS")) {
            option(tokens);
        }
        String body = tokens.peek().kind() == Kind.STRING
                ? tokens.string()
                : tokens.sql().substring(tokens.peek().start());
        if (!tokens.atEnd()
                && body.length() != tokens.sql().length() - tokens.peek().start()) {
            tokens.expectEnd();
        }
        return new Procedure(name, arguments, returns, ScriptParser.parse(body));
    }

    private static List<Argument> arguments(Tokens tokens) throws SnowflakeError {
        List<Argument> arguments = new ArrayList<>();
        tokens.expect("(");
        while (!tokens.at(")")) {
            String name = tokens.name();
            SnowflakeType type = TypeReader.read(tokens);
            Tokens defaultValue = tokens.take("DEFAULT") ? tokens.upTo(",", ")") : null;
            arguments.add(new Argument(name, type, defaultValue));
            if (!tokens.take(",") && !tokens.at(")")) {
                throw tokens.unexpected();
            }
        }
        tokens.expect(")");
        return arguments;
    }

    private static void option(Tokens tokens) throws SnowflakeError {
        boolean known = tokens.take("LANGUAGE", "SQL")
                || tokens.take("NOT", "NULL")
                || tokens.take("EXECUTE", "AS", "OWNER")
                || tokens.take("EXECUTE", "AS", "CALLER")
                || tokens.take("CALLED", "ON", "NULL", "INPUT");
        if (!known) {
            tokens.expect("COMMENT", "=");
            tokens.string();
        }
    }

    /** How many arguments must be given. */
    long required() {
        return arguments.stream()
                .filter(argument -> argument.defaultValue() == null)
                .count();
    }

    List<SnowflakeType.Family> families() {
        return arguments.stream().map(argument -> argument.type().family()).toList();
    }

    /** Its name with the types of its arguments, as SHOW PROCEDURES writes it. */
    String signature() {
        return name.name()
                + arguments.stream()
                        .map(argument -> argument.type().family().name())
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
