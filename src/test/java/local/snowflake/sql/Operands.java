package local.snowflake.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import local.snowflake.sql.Token.Kind;
import local.snowflake.values.CastFunctions;
import local.snowflake.values.H2Values;
import local.snowflake.values.SnowflakeError;
import local.snowflake.values.SnowflakeType;
import local.snowflake.values.Typed;
import local.snowflake.values.Variant;

/** Translates operands from Snowflake to H2: literals, columns, binds, variables, functions, casts, paths into JSON. */
final class Operands {

    /** Some part of a translation. */
    interface Part {
        String translate() throws SnowflakeError;
    }

    private final Tokens tokens;
    private final Surroundings session;
    private final Scope scope;
    private final boolean valuesOfInsert;
    private final List<Object> parameters = new ArrayList<>();
    private boolean bareVariables;
    private int questionMarks;

    /**
     * @param bareVariables whether a variable may stand without its colon
     * @param valuesOfInsert whether these are the VALUES of an INSERT
     */
    Operands(Tokens tokens, Surroundings session, Scope scope, boolean bareVariables, boolean valuesOfInsert) {
        this.tokens = tokens;
        this.session = session;
        this.scope = scope;
        this.bareVariables = bareVariables;
        this.valuesOfInsert = valuesOfInsert;
    }

    /** The values of the question marks given out so far. */
    List<Object> parameters() {
        return parameters;
    }

    /** Translates a query, where a name without a colon is a column. */
    String inQuery(Part query) throws SnowflakeError {
        boolean outside = bareVariables;
        bareVariables = false;
        String translated = query.translate();
        bareVariables = outside;
        return translated;
    }

    /** The next operand, with the casts and paths behind it. */
    String next(SqlTranslator clauses) throws SnowflakeError {
        String operand = operand(clauses);
        List<String> path = new ArrayList<>();
        while (true) {
            if (tokens.take("[")) {
                path.add(clauses.sequence("]"));
                tokens.expect("]");
            } else if (tokens.at(":") && tokens.peek(1).isName()) {
                do {
                    tokens.next();
                    Token key = tokens.next();
                    path.add(ObjectName.literal(key.kind() == Kind.WORD ? key.written() : key.text()));
                } while (tokens.at(".") && tokens.peek(1).isName());
            } else {
                if (!path.isEmpty()) {
                    operand = "(SF_PATH(" + operand + ", " + String.join(", ", path) + ") FORMAT JSON)";
                    path.clear();
                }
                if (!tokens.take("::")) {
                    return operand;
                }
                operand = CastFunctions.h2(operand, TypeReader.read(tokens));
            }
        }
    }

    private String operand(SqlTranslator clauses) throws SnowflakeError {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case STRING -> ObjectName.literal(tokens.next().text());
            case NUMBER -> tokens.next().text();
            case QUOTED -> column();
            case WORD -> word(token, clauses);
            default -> symbol(clauses);
        };
    }

    private String symbol(SqlTranslator clauses) throws SnowflakeError {
        if (tokens.at("(")) {
            return clauses.group();
        }
        if (tokens.take("?")) {
            return parameter(scope.bind(questionMarks++));
        }
        if (tokens.take(":")) {
            return tokens.peek().kind() == Kind.NUMBER
                    ? parameter(scope.bind(tokens.number() - 1))
                    : parameter(scope.variable(tokens.name()));
        }
        throw tokens.unexpected();
    }

    private String word(Token word, SqlTranslator clauses) throws SnowflakeError {
        if (tokens.take("CASE")) {
            String body = clauses.sequence("END");
            tokens.expect("END");
            return "CASE " + body + " END";
        }
        if (tokens.take("CAST", "(")) {
            String operand = clauses.sequence("AS");
            tokens.expect("AS");
            String cast = CastFunctions.h2(operand, TypeReader.read(tokens));
            tokens.expect(")");
            return cast;
        }
        if (word.is("TRUE") || word.is("FALSE") || word.is("NULL")) {
            return tokens.next().text();
        }
        if (tokens.peek(1).is("(")) {
            return function(word, clauses);
        }
        if (bareVariables && scope.has(word.text()) && !tokens.peek(1).is(".")) {
            tokens.next();
            return parameter(scope.variable(word.text()));
        }
        if (SqlFunctions.needsNoParentheses(word.text())) {
            tokens.next();
            return SqlFunctions.h2(word.text(), List.of(), session);
        }
        return column();
    }

    private String function(Token name, SqlTranslator clauses) throws SnowflakeError {
        if (valuesOfInsert && SqlFunctions.givesVariant(name.text())) {
            throw SnowflakeError.notInValues(name.text() + "(...)");
        }
        tokens.next();
        tokens.expect("(");
        Typed part = name.is("GET") ? partOfVariable() : null;
        if (part != null) {
            return parameter(part);
        }
        List<String> arguments = new ArrayList<>();
        while (!tokens.at(")")) {
            boolean query = tokens.atAny("SELECT", "WITH");
            arguments.add(query ? inQuery(() -> clauses.sequence(",")) : clauses.sequence(","));
            if (!tokens.take(",") && !tokens.at(")")) {
                throw tokens.unexpected();
            }
        }
        tokens.expect(")");
        return SqlFunctions.h2(name.text(), arguments, session);
    }

    /** GET of a variable, whose parenthesis has been read: H2 need not parse all of it for a part. Null if it is not. */
    private Typed partOfVariable() throws SnowflakeError {
        int colon = tokens.at(":") ? 1 : 0;
        Token variable = tokens.peek(colon);
        boolean constant = (colon == 1 || bareVariables)
                && scope.has(variable.text())
                && tokens.peek(colon + 1).is(",")
                && tokens.peek(colon + 2).kind() == Kind.STRING
                && tokens.peek(colon + 3).is(")");
        if (!constant || !(scope.variable(variable.text()).value() instanceof Variant variant)) {
            return null;
        }
        tokens.upTo(")");
        String key = tokens.previous().text();
        tokens.expect(")");
        JsonNode part = variant.json().get(key);
        return new Typed(SnowflakeType.VARIANT, part == null ? null : new Variant(part));
    }

    private String column() throws SnowflakeError {
        StringBuilder column = new StringBuilder(ObjectName.quote(tokens.name()));
        while (tokens.at(".")) {
            tokens.next();
            column.append('.').append(tokens.take("*") ? "*" : ObjectName.quote(tokens.name()));
        }
        return column.toString();
    }

    private String parameter(Typed value) {
        SnowflakeType type = value.type();
        parameters.add(value.value() instanceof Variant variant ? H2Values.json(variant) : value.value());
        return "CAST(? AS " + type.h2() + ")";
    }
}
