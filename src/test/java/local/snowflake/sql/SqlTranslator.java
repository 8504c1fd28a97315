package local.snowflake.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import local.snowflake.sql.Token.Kind;
import local.snowflake.values.SnowflakeError;

/**
 * Translates queries, DML and expressions from Snowflake to H2: names of three parts, types, casts, paths into JSON,
 * functions, binds and variables. What it does not know it refuses.
 */
public final class SqlTranslator {

    /**
     * SQL for H2.
     *
     * @param parameters the values of its question marks
     * @param changed the table that it changes, if it names it in full; null for none
     */
    public record Translation(String sql, List<Object> parameters, ObjectName changed) {}

    /** Words that are neither a name nor a function. */
    private static final Set<String> KEYWORDS = Set.of(
            // fmt:off
            "SELECT", "DISTINCT", "ALL", "FROM", "WHERE", "GROUP", "ORDER", "BY", "HAVING", "QUALIFY", "LIMIT", "OFFSET",
            "FETCH", "AS", "ON", "USING", "JOIN", "INNER", "LEFT", "RIGHT", "FULL", "OUTER", "CROSS", "NATURAL", "UNION",
            "EXCEPT", "MINUS", "INTERSECT", "WITH", "AND", "OR", "NOT", "IN", "IS", "LIKE", "ILIKE", "ESCAPE", "BETWEEN",
            "EXISTS", "ANY", "SOME", "WHEN", "THEN", "ELSE", "END", "ASC", "DESC", "NULLS", "FIRST", "LAST", "OVER",
            "PARTITION", "ROWS", "RANGE", "PRECEDING", "FOLLOWING", "UNBOUNDED", "CURRENT", "ROW", "WITHIN", "INSERT",
            "INTO", "VALUES", "UPDATE", "SET", "DELETE", "MERGE", "MATCHED", "DEFAULT", "LATERAL", "TABLE");
            // fmt:on

    private static final Set<String> BEFORE_TABLE = Set.of("FROM", "JOIN", "INTO", "USING");
    private static final Set<String> AFTER_TABLES =
            Set.of("WHERE", "GROUP", "ORDER", "HAVING", "QUALIFY", "LIMIT", "UNION", "SELECT", "SET", "VALUES", "WHEN");
    private static final Set<String> OPERATORS =
            Set.of("=", "<>", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "%", "||");

    private final Tokens tokens;
    private final Surroundings session;
    private final Operands operands;
    private ObjectName changed;

    private SqlTranslator(Tokens tokens, Surroundings session, Operands operands) {
        this.tokens = tokens;
        this.session = session;
        this.operands = operands;
    }

    /** Translates a whole query or DML statement. */
    public static Translation statement(Tokens tokens, Surroundings session, Scope scope) throws SnowflakeError {
        Operands operands = new Operands(tokens, session, scope, false, insertsValues(tokens));
        return new SqlTranslator(tokens, session, operands).whole();
    }

    /** Translates an expression of a procedure, where a variable may stand without its colon. */
    public static Translation expression(Tokens tokens, Surroundings session, Scope scope) throws SnowflakeError {
        Operands operands = new Operands(tokens, session, scope, true, false);
        Translation expression = new SqlTranslator(tokens, session, operands).whole();
        return new Translation("SELECT " + expression.sql(), expression.parameters(), null);
    }

    /** Whether this is an INSERT of a VALUES clause, where Snowflake takes no semi-structured expression. */
    private static boolean insertsValues(Tokens tokens) throws SnowflakeError {
        Tokens clauses = tokens.again();
        boolean insert = clauses.take("INSERT");
        clauses.upTo("VALUES", "SELECT", "WITH");
        return insert && clauses.at("VALUES");
    }

    private Translation whole() throws SnowflakeError {
        String sql = sequence();
        tokens.expectEnd();
        return new Translation(sql, operands.parameters(), changed);
    }

    /** Everything up to the closing parenthesis, one of {@code stops} or the end. */
    String sequence(String... stops) throws SnowflakeError {
        List<String> parts = new ArrayList<>();
        boolean amongTables = false;
        boolean deletes = false;
        while (!tokens.atEnd() && !tokens.at(")") && !tokens.atAny(stops)) {
            Token token = tokens.peek();
            boolean keyword = isKeyword(token) && !(tokens.peek(1).is("(") && (token.is("LEFT") || token.is("RIGHT")));
            if (keyword) {
                tokens.next();
                parts.add(token.text());
                amongTables = !AFTER_TABLES.contains(token.text()) && (amongTables || token.is("FROM"));
                boolean names = BEFORE_TABLE.contains(token.text()) || (token.is("UPDATE") && !tokens.at("SET"));
                boolean changes = token.is("INTO") || token.is("UPDATE") || (token.is("FROM") && deletes);
                deletes = token.is("DELETE");
                if (names) {
                    parts.add(table(changes));
                } else if (token.is("WITH")) {
                    parts.add(commonTables());
                } else if (token.is("AS") && tokens.peek().isName()) {
                    parts.add(alias());
                } else if (token.is("INSERT") && tokens.at("(")) {
                    parts.add(columns());
                }
            } else if (token.is(",")) {
                tokens.next();
                parts.add(",");
                if (amongTables) {
                    parts.add(table(false));
                }
            } else if (token.kind() == Kind.SYMBOL && OPERATORS.contains(token.text())) {
                tokens.next();
                parts.add(token.text());
            } else {
                parts.add(operands.next(this));
            }
        }
        return String.join(" ", parts);
    }

    private static boolean isKeyword(Token token) {
        return token.kind() == Kind.WORD && KEYWORDS.contains(token.text());
    }

    private String commonTables() throws SnowflakeError {
        List<String> tables = new ArrayList<>();
        do {
            String name = ObjectName.quote(tokens.name());
            String columns = tokens.at("(") ? columns() : "";
            tokens.expect("AS");
            tables.add(name + columns + " AS " + group());
        } while (tokens.take(","));
        return String.join(", ", tables);
    }

    private String table(boolean changes) throws SnowflakeError {
        if (tokens.at("(")) {
            return group() + optionalAlias();
        }
        boolean wrapped = tokens.take("TABLE", "(");
        if (tokens.take("FLATTEN", "(")) {
            tokens.take("INPUT", "=>");
            String flatten = "SF_FLATTEN(" + sequence(",") + ")";
            tokens.expect(")");
            if (wrapped) {
                tokens.expect(")");
            }
            return flatten + optionalAlias();
        }
        Token first = tokens.peek();
        if (wrapped || isKeyword(first)) {
            throw tokens.unexpected();
        }
        List<String> name = tokens.names();
        if (name.size() == 1) {
            return ObjectName.quote(name.get(0)) + optionalAlias();
        }
        ObjectName table = session.resolve(name);
        if (changes) {
            changed = table;
        }
        return (changes ? table.h2() : session.toRead(table)) + optionalAlias();
    }

    private String optionalAlias() throws SnowflakeError {
        Token token = tokens.peek();
        String alias = "";
        if (tokens.take("AS")) {
            alias = " AS " + alias();
        } else if (token.isName() && !isKeyword(token)) {
            alias = " AS " + alias();
        }
        return tokens.at("(") ? alias + " " + columns() : alias;
    }

    private String alias() throws SnowflakeError {
        return ObjectName.quote(tokens.name());
    }

    private String columns() throws SnowflakeError {
        return tokens.nameList().stream().map(ObjectName::quote).collect(Collectors.joining(", ", "(", ")"));
    }

    /** What stands in parentheses, with them. In a query of its own, a variable needs its colon. */
    String group() throws SnowflakeError {
        tokens.expect("(");
        String inside = tokens.atAny("SELECT", "WITH") ? operands.inQuery(this::sequence) : sequence();
        tokens.expect(")");
        return "(" + inside + ")";
    }
}
