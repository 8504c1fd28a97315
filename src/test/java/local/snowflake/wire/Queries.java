package local.snowflake.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import local.snowflake.catalog.Session;
import local.snowflake.catalog.Statements;
import local.snowflake.sql.Rows;
import local.snowflake.sql.Scope;
import local.snowflake.sql.Tokens;
import local.snowflake.values.H2Errors;
import local.snowflake.values.SnowflakeError;
import local.snowflake.values.Typed;

/** Runs queries beside the requests that ask for them, once for each request id however often it is sent. */
public final class Queries {

    /** A query and its answer to come. */
    record Query(String id, Session session, CompletableFuture<ObjectNode> answer) {}

    /** So many answers are kept for those that ask again. */
    private static final int KEPT = 1_000;

    private final Statements statements;
    private final SnowflakeFaults faults;
    private final ExecutorService threads;
    private final Map<String, Query> byRequest = new Kept();
    private final Map<String, Query> byId = new Kept();

    private static final class Kept extends LinkedHashMap<String, Query> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Query> eldest) {
            return size() > KEPT;
        }
    }

    public Queries(Statements statements, SnowflakeFaults faults, ExecutorService threads) {
        this.statements = statements;
        this.faults = faults;
        this.threads = threads;
    }

    /** The query of this request, which is started unless it was before. */
    synchronized Query start(Session session, String requestId, JsonNode request) {
        Query known = byRequest.get(requestId);
        if (known != null) {
            return known;
        }
        String id = UUID.randomUUID().toString();
        CompletableFuture<ObjectNode> answer =
                CompletableFuture.supplyAsync(() -> answer(session, request, id), threads);
        Query query = new Query(id, session, answer);
        byRequest.put(requestId, query);
        byId.put(id, query);
        return query;
    }

    /** The query of this id, or null. */
    synchronized Query query(String id) {
        return byId.get(id);
    }

    /** Stops the query of this request if it runs. */
    void abort(String requestId) throws SQLException {
        Query query;
        synchronized (this) {
            query = byRequest.get(requestId);
        }
        if (query != null && !query.answer().isDone()) {
            query.session().cancel();
        }
    }

    /** The answer, or word that the query still runs. */
    ObjectNode await(Query query, Duration patience) throws InterruptedException {
        try {
            return query.answer().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Answers.running(query.id(), false);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private ObjectNode answer(Session session, JsonNode request, String queryId) {
        session.lock().lock();
        try {
            session.startRequest(request.path("parameters").path("QUERY_TAG").textValue());
            Tokens tokens = single(request.path("sqlText").asText());
            int binds = tokens.count("?");
            if (request.path("describeOnly").asBoolean()) {
                return Answers.rows(session, statements.describe(session, tokens), queryId, binds);
            }
            delay();
            Rows rows = run(session, tokens, request.path("bindings"));
            return Answers.rows(session, rows, queryId, binds);
        } catch (SQLException e) {
            return Answers.failed(H2Errors.of(e), queryId);
        } catch (RuntimeException e) {
            return Answers.failed(new SnowflakeError(300002, "XX000", "The stand-in failed: " + e), queryId);
        } finally {
            session.lock().unlock();
        }
    }

    /** Takes as long as a query shall take. */
    private void delay() throws SnowflakeError {
        try {
            faults.pause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SnowflakeError.cancelled();
        }
    }

    private Rows run(Session session, Tokens tokens, JsonNode bindings) throws SQLException {
        List<List<Typed>> rowsOfBinds = Wire.binds(bindings);
        if (rowsOfBinds.size() == 1) {
            return statements.run(session, tokens, Scope.ofBinds(rowsOfBinds.get(0)));
        }
        long affected = 0;
        int type = Rows.INSERT;
        for (List<Typed> binds : rowsOfBinds) {
            Rows rows = statements.run(session, tokens.again(), Scope.ofBinds(binds));
            affected += rows.affected();
            type = rows.statementType();
        }
        return Rows.counts(type, affected);
    }

    /** The tokens of the one statement a request may hold. */
    private static Tokens single(String sql) throws SnowflakeError {
        Tokens tokens = Tokens.of(sql);
        if (tokens.atEnd()) {
            throw new SnowflakeError(900, "42601", "SQL compilation error:\nEmpty SQL Statement.");
        }
        Tokens statement = tokens.statement();
        int count = 1;
        while (!tokens.atEnd()) {
            count += tokens.statement().atEnd() ? 0 : 1;
        }
        if (count > 1) {
            throw SnowflakeError.severalStatements(count);
        }
        return statement;
    }
}
