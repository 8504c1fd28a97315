package local.snowflake.catalog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import local.snowflake.sql.Tokens;

/** What the stand-in has run: the latest statements, and how many there were of each kind. */
public final class Journal {

    /** So many statements are kept: enough for a test, little enough for a demo that runs for days. */
    private static final int KEPT = 10_000;

    private final Deque<String> statements = new ArrayDeque<>();
    private final Map<String, AtomicLong> byKind = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> byProcedure = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> byTag = new ConcurrentHashMap<>();
    private final AtomicLong descriptions = new AtomicLong();

    public Journal() {}

    void add(Tokens statement, String tag) {
        byKind.computeIfAbsent(statement.peek().text(), kind -> new AtomicLong())
                .incrementAndGet();
        byTag.computeIfAbsent(tag, any -> new AtomicLong()).incrementAndGet();
        synchronized (statements) {
            if (statements.size() == KEPT) {
                statements.removeFirst();
            }
            statements.addLast(statement.text());
        }
    }

    void call(Procedure procedure) {
        byProcedure
                .computeIfAbsent(procedure.name().toString(), name -> new AtomicLong())
                .incrementAndGet();
    }

    void describe() {
        descriptions.incrementAndGet();
    }

    /** The latest statements, oldest first, those inside of procedures included. */
    public List<String> statements() {
        synchronized (statements) {
            return List.copyOf(statements);
        }
    }

    /** How many statements began with {@code word}, such as CALL or MERGE, in upper case. */
    public long statements(String word) {
        return count(byKind, word);
    }

    /** How often the procedure DATABASE.SCHEMA.NAME was called, whatever its arguments and its outcome. */
    public long calls(String procedure) {
        return count(byProcedure, procedure);
    }

    /** How many statements ran under this QUERY_TAG, those inside of procedures included. */
    public long tagged(String tag) {
        return count(byTag, tag);
    }

    /** How often a statement was only to be described. */
    public long descriptions() {
        return descriptions.get();
    }

    private static long count(Map<String, AtomicLong> counts, String key) {
        AtomicLong count = counts.get(key);
        return count == null ? 0 : count.get();
    }
}
