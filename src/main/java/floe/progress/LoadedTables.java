package floe.progress;

import floe.change.TableId;
import floe.snowflake.TableUnready;
import floe.snowflake.TableWaits;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What load does with each table that it has met since the start, as far as its work shows that: nobody is asked for it. It
 * is as large as there are tables, however many files wait. Safe for use by several threads.
 */
final class LoadedTables {

    /** So many are named; of the others it is said how many they are. */
    private static final int MOST_NAMED = 10;

    /** In so many files a table is known to wait; of more it is known again once they are tried again. */
    private static final int MOST_FILES = 10;

    /**
     * A table that does not take its changes.
     *
     * @param state one of the last two
     * @param why in a sentence, without a full stop, that says the way out
     * @param since when this was known first
     * @param files the keys of those whose changes of it wait
     */
    private record Unready(TableState state, String why, Instant since, Set<String> files) {

        @Override
        public String toString() {
            return state.text() + " since " + since.truncatedTo(ChronoUnit.SECONDS) + ": " + why;
        }
    }

    private final Clock clock;
    private final Set<TableId> met = new HashSet<>();
    private final Set<TableId> reading = new HashSet<>();
    private final Map<TableId, Unready> unready = new TreeMap<>();

    LoadedTables(Clock clock) {
        this.clock = clock;
    }

    /** Changes of the table can be applied, as far as is known. */
    synchronized void met(TableId table) {
        met.add(table);
    }

    /** Whether snapshots of the table are open, as its last call told. */
    synchronized void reading(TableId table, boolean open) {
        met.add(table);
        if (open) {
            reading.add(table);
        } else {
            reading.remove(table);
        }
    }

    /** Changes that the file holds of this table wait. */
    synchronized void unready(String file, TableUnready why) {
        unready(
                file,
                why.source(),
                why instanceof TableWaits ? TableState.WAITING : TableState.SET_ASIDE,
                why.getMessage());
    }

    /** The same, for whatever reason. */
    synchronized void unready(String file, TableId table, TableState state, String why) {
        met.add(table);
        Unready before = unready.get(table);
        Set<String> files = before == null ? new HashSet<>() : before.files();
        if (files.size() < MOST_FILES) {
            files.add(file);
        }
        unready.put(table, new Unready(state, why, before == null ? clock.instant() : before.since(), files));
    }

    /** The file was read to its end, and of its changes those of these tables wait. */
    synchronized void readToEnd(String file, Collection<TableUnready> waiting) {
        Set<TableId> still = waiting.stream().map(TableUnready::source).collect(Collectors.toSet());
        unready.entrySet()
                .removeIf(entry -> !still.contains(entry.getKey())
                        && entry.getValue().files().remove(file)
                        && entry.getValue().files().isEmpty());
        waiting.forEach(why -> unready(file, why));
    }

    /** Forgets all files but these. */
    synchronized void keep(Predicate<String> files) {
        unready.values().removeIf(entry -> {
            entry.files().removeIf(files.negate());
            return entry.files().isEmpty();
        });
    }

    /** How many tables there are in each state; a state without any is left out. */
    synchronized Map<TableState, Integer> counts() {
        Map<TableState, Integer> counts = new EnumMap<>(TableState.class);
        unready.values().forEach(entry -> counts.merge(entry.state(), 1, Integer::sum));
        int open = (int)
                reading.stream().filter(table -> !unready.containsKey(table)).count();
        int ready = met.size() - unready.size() - open;
        if (open > 0) {
            counts.put(TableState.READING, open);
        }
        if (ready > 0) {
            counts.put(TableState.READY, ready);
        }
        return counts;
    }

    /** A line for each table that is not ready, those first that wait for an operator; many are cut short. */
    synchronized List<String> unready() {
        return some(
                Stream.of(TableState.SET_ASIDE, TableState.WAITING)
                        .flatMap(state -> unready.entrySet().stream()
                                .filter(entry -> entry.getValue().state() == state))
                        .map(entry -> entry.getKey() + ": " + entry.getValue()),
                unready.size());
    }

    /** The first of these lines about tables, and how many more there are. */
    static List<String> some(Stream<String> lines, int all) {
        List<String> first = new ArrayList<>(lines.limit(MOST_NAMED).toList());
        if (all > MOST_NAMED) {
            first.add("and " + (all - MOST_NAMED) + " more tables");
        }
        return first;
    }
}
