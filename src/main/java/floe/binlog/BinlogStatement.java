package floe.binlog;

import floe.binlog.SqlWords.Word;
import floe.change.ShapeChange;
import floe.change.TableId;
import floe.change.TableShape;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    /**
     * The tables that it names, and more: each of its names could be that of a table.
     *
     * @return in each spelling that the server may have of them; empty for a statement that makes and renames no table
     */
    public Set<TableId> mentioned() {
        Set<TableId> all = new HashSet<>();
        if (verbIs("CREATE") || verbIs("ALTER") || verbIs("RENAME")) {
            for (Word word : words) {
                add(all, word);
            }
        }
        return all;
    }

    /** The table that it makes anew, empty; nothing if it makes none or fills it. */
    public Set<TableId> made() {
        return verbIs("CREATE") && kindIs(words, "TABLE") && reach == Reach.NONE ? subject() : Set.of();
    }

    /**
     * How it may have changed the rows of a table without telling rows, as far as definitions tell; without any value of a row,
     * and empty if each row keeps what it has.
     *
     * @param table whose definition it may have changed
     * @param before null if that is not known, or if others of its statements may be in what {@code after} shows
     */
    public Optional<String> rowsChanged(TableId table, TableShape before, TableShape after) {
        if (verbIs("ALTER") && kindIs(words, "TABLE") && subject().stream().anyMatch(named -> isSame(named, table))) {
            return new AlteredColumns(words.subList(subjectAt() + 1, words.size())).rowsChanged(before, after);
        }
        return before == null
                ? Optional.empty()
                : ShapeChange.ofRows(before, after).map(how -> "a statement that leaves " + how);
    }

    private boolean isSame(TableId named, TableId table) {
        return same(named.schema(), table.schema()) && same(named.table(), table.table());
    }

    /** The table that stands first. */
    private Set<TableId> subject() {
        Set<TableId> subject = new HashSet<>();
        if (subjectAt() < words.size()) {
            add(subject, words.get(subjectAt()));
        }
        return subject;
    }

    private int subjectAt() {
        int at = 1;
        while (at < words.size() && isOption(words.get(at))) {
            at++;
        }
        boolean qualified = at + 1 < words.size()
                && words.get(at).text().equals(words.get(at + 1).qualifier());
        return qualified ? at + 1 : at;
    }

    private static boolean isOption(Word word) {
        return word.is("TABLE")
                || word.is("IF")
                || word.is("NOT")
                || word.is("EXISTS")
                || word.is("IGNORE")
                || word.is("TEMPORARY");
    }

    private void add(Set<TableId> all, Word word) {
        String schema = word.qualifier() == null ? database : word.qualifier();
        all.add(new TableId(schema, word.text()));
        if (!exactNames) {
            all.add(new TableId(schema.toLowerCase(Locale.ROOT), word.text().toLowerCase(Locale.ROOT)));
        }
    }

    /** Whether it changes who may read what. */
    public boolean grants() {
        return verbIs("GRANT");
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
