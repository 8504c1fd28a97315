package local.snowflake.sql;

import java.util.ArrayList;
import java.util.List;
import local.snowflake.sql.Token.Kind;
import local.snowflake.values.SnowflakeError;

/** Reads the tokens of one piece of SQL from first to last. */
public final class Tokens {

    private final String sql;
    private final List<Token> tokens;
    private int at;

    private Tokens(String sql, List<Token> tokens) {
        this.sql = sql;
        this.tokens = tokens;
    }

    public static Tokens of(String sql) throws SnowflakeError {
        return new Tokens(sql, SqlLexer.tokens(sql));
    }

    /** A reader of its own over the tokens from index {@code from} up to {@code to}. */
    public Tokens between(int from, int to) {
        List<Token> part = new ArrayList<>(tokens.subList(from, to));
        int end = part.isEmpty() ? 0 : part.get(part.size() - 1).end();
        part.add(new Token(Kind.END, "<EOF>", "", end));
        return new Tokens(sql, part);
    }

    /** A reader of its own over the tokens from {@code from} up to {@code gap} and from {@code rest} up to {@code to}. */
    public Tokens without(int from, int gap, int rest, int to) {
        List<Token> part = new ArrayList<>(tokens.subList(from, gap));
        part.addAll(between(rest, to).tokens);
        return new Tokens(sql, part);
    }

    /** A reader over the same tokens, at the first of them. */
    public Tokens again() {
        return new Tokens(sql, tokens);
    }

    /** The text the tokens were cut from. */
    public String sql() {
        return sql;
    }

    /** The text from the first to the last token. */
    public String text() {
        return sql.substring(
                tokens.get(0).start(),
                tokens.size() == 1
                        ? tokens.get(0).start()
                        : tokens.get(tokens.size() - 2).end());
    }

    public int index() {
        return at;
    }

    /** A reader of its own over what is left. */
    public Tokens rest() {
        return between(at, tokens.size() - 1);
    }

    public Token peek() {
        return peek(0);
    }

    public Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    public boolean atEnd() {
        return peek().kind() == Kind.END;
    }

    public Token next() {
        Token token = peek();
        at++;
        return token;
    }

    Token previous() {
        return tokens.get(at - 1);
    }

    /** Whether the next tokens are these words or symbols. */
    public boolean at(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    public boolean atAny(String... words) {
        for (String word : words) {
            if (peek().is(word)) {
                return true;
            }
        }
        return false;
    }

    /** Passes these words or symbols if they come next, and says whether they did. */
    public boolean take(String... words) {
        if (!at(words)) {
            return false;
        }
        at += words.length;
        return true;
    }

    public void expect(String... words) throws SnowflakeError {
        for (String word : words) {
            if (!take(word)) {
                throw unexpected();
            }
        }
    }

    public void expectEnd() throws SnowflakeError {
        if (!atEnd()) {
            throw unexpected();
        }
    }

    /** An identifier: an unquoted one in upper case, a quoted one as it stands. */
    public String name() throws SnowflakeError {
        if (!peek().isName()) {
            throw unexpected();
        }
        return next().text();
    }

    /** The parts of a name with dots. */
    public List<String> names() throws SnowflakeError {
        List<String> parts = new ArrayList<>();
        do {
            parts.add(name());
        } while (take("."));
        return parts;
    }

    /** Identifiers in parentheses. */
    public List<String> nameList() throws SnowflakeError {
        List<String> names = new ArrayList<>();
        expect("(");
        do {
            names.add(name());
        } while (take(","));
        expect(")");
        return names;
    }

    public String string() throws SnowflakeError {
        if (peek().kind() != Kind.STRING) {
            throw unexpected();
        }
        return next().text();
    }

    public int number() throws SnowflakeError {
        if (peek().kind() != Kind.NUMBER) {
            throw unexpected();
        }
        return Integer.parseInt(next().text());
    }

    /** Passes everything up to one of {@code stops} outside of parentheses, or to the end. */
    public Tokens upTo(String... stops) {
        int from = at;
        int depth = 0;
        while (!atEnd() && !(depth == 0 && atAny(stops))) {
            Token token = next();
            if (token.is("(") || token.is("[")) {
                depth++;
            } else if (token.is(")") || token.is("]")) {
                depth--;
            }
        }
        return between(from, at);
    }

    /** Passes the next statement and the semicolon behind it. */
    public Tokens statement() {
        int from = at;
        while (!atEnd() && !at(";")) {
            at++;
        }
        Tokens statement = between(from, at);
        take(";");
        return statement;
    }

    /** How often the symbol or word {@code text} stands here. */
    public int count(String text) {
        return (int) tokens.stream().filter(token -> token.is(text)).count();
    }

    public SnowflakeError unexpected() {
        Token token = peek();
        return SnowflakeError.syntax(sql, token.start(), token.kind() == Kind.END ? "<EOF>" : token.written());
    }
}
