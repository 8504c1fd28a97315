package local.snowflake.scripting;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import local.snowflake.scripting.Script.Branch;
import local.snowflake.scripting.Script.Declaration;
import local.snowflake.scripting.Script.Handler;
import local.snowflake.scripting.Script.Step;
import local.snowflake.sql.Token;
import local.snowflake.sql.Token.Kind;
import local.snowflake.sql.Tokens;
import local.snowflake.sql.TypeReader;
import local.snowflake.values.SnowflakeError;
import local.snowflake.values.SnowflakeType;

/** Reads the body of a procedure. A statement it does not know is a syntax error when the procedure is created. */
public final class ScriptParser {

    private static final Set<String> SQL = Set.of(
            // fmt:off
            "SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "CREATE", "DROP", "ALTER", "CALL", "USE",
            "COMMIT", "ROLLBACK", "START", "EXECUTE", "DESCRIBE", "DESC", "SHOW");
            // fmt:on

    private final Tokens tokens;

    private ScriptParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Reads a whole body: a block, which may begin with DECLARE. */
    public static Script parse(String body) throws SnowflakeError {
        ScriptParser parser = new ScriptParser(Tokens.of(body));
        Script script = parser.block();
        parser.tokens.take(";");
        parser.tokens.expectEnd();
        return script;
    }

    private Script block() throws SnowflakeError {
        List<Declaration> declarations = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        if (tokens.take("DECLARE")) {
            while (!tokens.at("BEGIN")) {
                declare(declarations, steps);
            }
        }
        tokens.expect("BEGIN");
        steps.addAll(steps("EXCEPTION", "END"));
        List<Handler> handlers = new ArrayList<>();
        if (tokens.take("EXCEPTION")) {
            while (tokens.take("WHEN")) {
                handlers.add(handler());
            }
        }
        tokens.expect("END");
        return new Script(declarations, steps, handlers);
    }

    private void declare(List<Declaration> declarations, List<Step> exceptions) throws SnowflakeError {
        if (tokens.peek(1).is("EXCEPTION")) {
            String name = tokens.name();
            tokens.expect("EXCEPTION", "(");
            int sign = tokens.take("-") ? -1 : 1;
            int code = sign * tokens.number();
            tokens.expect(",");
            exceptions.add(new Script.OwnException(name, code, tokens.string()));
            tokens.expect(")");
        } else {
            declarations.add(declaration(";"));
        }
        tokens.expect(";");
    }

    private Declaration declaration(String... stops) throws SnowflakeError {
        String name = tokens.name();
        SnowflakeType type = tokens.atAny("DEFAULT", ":=") ? null : TypeReader.read(tokens);
        Tokens value = null;
        if (tokens.take("DEFAULT") || tokens.take(":=")) {
            value = expression(stops);
        }
        return new Declaration(name, type, value);
    }

    private Tokens expression(String... stops) throws SnowflakeError {
        Tokens expression = tokens.upTo(stops);
        if (expression.atEnd()) {
            throw tokens.unexpected();
        }
        return expression;
    }

    private Handler handler() throws SnowflakeError {
        Set<String> errors = new LinkedHashSet<>();
        do {
            errors.add(tokens.name());
        } while (tokens.take("OR"));
        tokens.expect("THEN");
        return new Handler(errors, steps("WHEN", "END"));
    }

    private List<Step> steps(String... ends) throws SnowflakeError {
        List<Step> steps = new ArrayList<>();
        while (!tokens.atAny(ends)) {
            steps.add(step());
            tokens.expect(";");
        }
        return steps;
    }

    private Step step() throws SnowflakeError {
        Token first = tokens.peek();
        if (first.kind() != Kind.WORD) {
            throw tokens.unexpected();
        }
        if (tokens.at("DECLARE") || (tokens.at("BEGIN") && !beginsTransaction())) {
            return new Script.Block(block());
        }
        if (tokens.take("IF")) {
            return ifThen();
        }
        if (tokens.take("WHILE")) {
            return whileDo();
        }
        if (tokens.take("RETURN")) {
            return new Script.Return(tokens.at(";") ? null : expression(";"));
        }
        if (tokens.at("RAISE")) {
            Tokens at = tokens.between(tokens.index(), tokens.index() + 1);
            tokens.next();
            return new Script.Raise(tokens.at(";") ? null : tokens.name(), at);
        }
        if (tokens.take("LET")) {
            return new Script.Let(declaration(";"));
        }
        if (tokens.take("NULL")) {
            return new Script.Nothing();
        }
        if (tokens.peek(1).is(":=")) {
            String name = tokens.name();
            tokens.expect(":=");
            return new Script.Assign(name, expression(";"));
        }
        if (!SQL.contains(first.text()) && !tokens.at("BEGIN")) {
            throw tokens.unexpected();
        }
        return first.is("SELECT") || first.is("CALL") ? query() : new Script.Execute(expression(";"));
    }

    private boolean beginsTransaction() {
        return tokens.peek(1).is(";")
                || tokens.peek(1).is("TRANSACTION")
                || tokens.peek(1).is("WORK")
                || tokens.peek(1).is("NAME");
    }

    private Step ifThen() throws SnowflakeError {
        List<Branch> branches = new ArrayList<>();
        do {
            Tokens condition = expression("THEN");
            tokens.expect("THEN");
            branches.add(new Branch(condition, steps("ELSEIF", "ELSE", "END")));
        } while (tokens.take("ELSEIF"));
        if (tokens.take("ELSE")) {
            branches.add(new Branch(null, steps("END")));
        }
        tokens.expect("END", "IF");
        return new Script.If(branches);
    }

    private Step whileDo() throws SnowflakeError {
        Tokens condition = expression("DO");
        tokens.expect("DO");
        List<Step> steps = steps("END");
        tokens.expect("END", "WHILE");
        return new Script.While(condition, steps);
    }

    /** A SELECT or a CALL; both may put what they answer into variables. */
    private Step query() throws SnowflakeError {
        int from = tokens.index();
        tokens.upTo("INTO", ";");
        if (tokens.at(";")) {
            return new Script.Execute(tokens.between(from, tokens.index()));
        }
        int into = tokens.index();
        List<String> targets = new ArrayList<>();
        tokens.expect("INTO");
        do {
            tokens.take(":");
            targets.add(tokens.name());
        } while (tokens.take(","));
        int rest = tokens.index();
        tokens.upTo(";");
        return new Script.QueryInto(tokens.without(from, into, rest, tokens.index()), targets);
    }
}
