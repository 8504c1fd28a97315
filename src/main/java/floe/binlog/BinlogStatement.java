package floe.binlog;

import floe.binlog.SqlWords.Word;
import floe.change.TableId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A statement in the binlog, as far as it changes tables without their rows following.
 *
 * <p>In doubt it does: a false alarm is mended by a snapshot, silence is not.
 */
public final class BinlogStatement {

    private static final String INSTEAD_OF_ROWS = " as a statement instead of rows (binlog_format)";

    /** After these in ALTER TABLE, PARTITION or TABLESPACE means that rows come or go with it. */
    private static final Set<String> MOVE_ROWS =
            Set.of("DROP", "TRUNCATE", "EXCHANGE", "REORGANIZE", "DISCARD", "IMPORT", "REPAIR");

    /** Statements that change no row, or whose change Debezium tells of. */
    private static final Set<String> HARMLESS = Set.of(
            "BEGIN",
            "START",
            "COMMIT",
            "SAVEPOINT",
            "RELEASE",
            "TRUNCATE",
            "SET",
            "USE",
            "FLUSH",
            "GRANT",
            "REVOKE",
            "ANALYZE",
            "OPTIMIZE",
            "INSTALL",
            "UNINSTALL");

    /** Which tables a statement changes. */
    private enum Reach {
        NONE,
        NAMED,
        SCHEMA,
        TRANSACTION,
        ALL
    }

    private final List<Word> words;
    private final String database;
    private final String what;
    private final Reach reach;
    private final boolean exactNames;

    private BinlogStatement(List<Word> words, String database, boolean exactNames, Reach reach, String what) {
        this.words = words;
        this.database = database;
        this.exactNames = exactNames;
        this.reach = reach;
        this.what = what;
    }

    /**
     * Reads a statement.
     *
     * @param exactNames whether the server tells names apart that differ in case
     */
    public static BinlogStatement parse(Statement statement, boolean exactNames) {
        try {
            return of(SqlWords.of(statement), statement.schema(), exactNames);
        } catch (IllegalArgumentException e) {
            return new BinlogStatement(
                    List.of(), statement.schema(), exactNames, Reach.ALL, "a statement that Floe cannot read");
        }
    }

    /** What happened, such as {@code INSERT as a statement}; the statement itself may hold values of rows. */
    public String what() {
        return what;
    }

    /**
     * The tables whose rows it changed.
     *
     * @param captured those to look for
     * @param inTransaction those of them that have rows in the same transaction
     */
    public Set<TableId> tables(Set<TableId> captured, Set<TableId> inTransaction) {
        return switch (reach) {
            case NONE -> Set.of();
            case NAMED -> captured.stream().filter(this::names).collect(Collectors.toSet());
            case SCHEMA -> captured.stream().filter(this::namesSchema).collect(Collectors.toSet());
            case TRANSACTION -> inTransaction;
            case ALL -> captured;
        };
    }

    private static BinlogStatement of(List<Word> words, String database, boolean exactNames) {
        if (words.isEmpty()) {
            return new BinlogStatement(words, database, exactNames, Reach.NONE, "");
        }
        String verb = words.get(0).text().toUpperCase(Locale.ROOT);
        Reach reach = Reach.NONE;
        String what = "";
        switch (verb) {
            case "CREATE" -> {
                if (kindIs(words, "TABLE") && words.stream().anyMatch(word -> word.is("SELECT"))) {
                    reach = Reach.NAMED;
                    what = "CREATE TABLE ... SELECT" + INSTEAD_OF_ROWS;
                }
            }
            case "ALTER" -> {
                String operation = kindIs(words, "TABLE") ? rowsMovedBy(words) : null;
                if (operation != null) {
                    reach = Reach.NAMED;
                    what = "ALTER TABLE ... " + operation;
                }
            }
            case "RENAME" -> {
                if (kindIs(words, "TABLE") || kindIs(words, "TABLES")) {
                    reach = Reach.NAMED;
                    what = "RENAME TABLE";
                }
            }
            case "DROP" -> {
                if (kindIs(words, "DATABASE") || kindIs(words, "SCHEMA")) {
                    reach = Reach.SCHEMA;
                    what = "DROP DATABASE";
                }
            }
            case "ROLLBACK" -> {
                reach = Reach.TRANSACTION;
                what = "ROLLBACK of rows that are in the binlog";
            }
            case "SELECT", "DO", "CALL" -> {
                // In the binlog only if a function or procedure in it changes rows, of tables that it does not name.
                reach = Reach.ALL;
                what = verb + INSTEAD_OF_ROWS;
            }
            default -> {
                if (!HARMLESS.contains(verb)) {
                    reach = Reach.NAMED;
                    what = changeOf(words, verb) + INSTEAD_OF_ROWS;
                }
            }
        }
        return new BinlogStatement(words, database, exactNames, reach, what);
    }

    /** Whether the statement is about such things; options like TEMPORARY and IGNORE may come first. */
    private static boolean kindIs(List<Word> words, String kind) {
        return words.stream().skip(1).limit(2).anyMatch(word -> word.is(kind));
    }

    /** The operation of an ALTER TABLE that moves rows into, out of, or with the table; null if it has none. */
    private static String rowsMovedBy(List<Word> words) {
        for (int i = 1; i + 1 < words.size(); i++) {
            Word word = words.get(i);
            Word next = words.get(i + 1);
            if (word.depth() > 0 || word.quoted()) {
                continue;
            }
            String operation = word.text().toUpperCase(Locale.ROOT);
            if (MOVE_ROWS.contains(operation) && (next.is("PARTITION") || next.is("TABLESPACE"))) {
                return operation + " " + next.text().toUpperCase(Locale.ROOT);
            }
            if (operation.equals("RENAME") && !next.is("COLUMN") && !next.is("INDEX") && !next.is("KEY")) {
                return operation;
            }
        }
        return null;
    }

    /** The verb that changes rows: common table expressions may stand before it. */
    private static String changeOf(List<Word> words, String verb) {
        return !verb.equals("WITH")
                ? verb
                : words.stream()
                        .filter(word -> word.is("UPDATE") || word.is("DELETE") || word.is("INSERT"))
                        .map(word -> word.text().toUpperCase(Locale.ROOT))
                        .findFirst()
                        .orElse(verb);
    }

    /** The tables among {@code captured} that it empties. */
    public Set<TableId> truncated(Set<TableId> captured) {
        return verbIs("TRUNCATE") ? captured.stream().filter(this::names).collect(Collectors.toSet()) : Set.of();
    }

    /** The tables among {@code captured} that it drops, those of a whole schema included. */
    public Set<TableId> dropped(Set<TableId> captured) {
        if (reach == Reach.SCHEMA) {
            return captured.stream().filter(this::namesSchema).collect(Collectors.toSet());
        }
        // DROP TEMPORARY TABLE has another second word.
        return verbIs("DROP")
                        && words.size() > 1
                        && (words.get(1).is("TABLE") || words.get(1).is("TABLES"))
                ? captured.stream().filter(this::names).collect(Collectors.toSet())
                : Set.of();
    }

    /** The tables among {@code captured} whose definition it may have changed, without those that it drops. */
    public Set<TableId> defined(Set<TableId> captured) {
        return (verbIs("CREATE") || verbIs("ALTER") || verbIs("DROP") || verbIs("RENAME"))
                        && dropped(captured).isEmpty()
                ? captured.stream().filter(this::names).collect(Collectors.toSet())
                : Set.of();
    }

    private boolean verbIs(String verb) {
        return !words.isEmpty() && words.get(0).is(verb);
    }

    private boolean names(TableId table) {
        return words.stream()
                .anyMatch(word -> same(word.text(), table.table())
                        && same(word.qualifier() == null ? database : word.qualifier(), table.schema()));
    }

    private boolean namesSchema(TableId table) {
        return words.stream().anyMatch(word -> same(word.text(), table.schema()));
    }

    private boolean same(String word, String name) {
        return exactNames ? name.equals(word) : name.equalsIgnoreCase(word);
    }
}
