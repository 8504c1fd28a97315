package floe.progress;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
     * @param logged whether the state was
     */
    private record Unready(TableState state, String why, Instant since, Set<String> files, boolean logged) {

        @Override
        public String toString() {
            return state.text() + " since " + since.truncatedTo(ChronoUnit.SECONDS) + ": " + why;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(LoadedTables.class);

    private final Clock clock;
    private final Consumer<String> warnings;
    private final Set<TableId> met = new HashSet<>();
    private final Set<TableId> reading = new HashSet<>();
    private final Map<TableId, Unready> unready = new TreeMap<>();

    /** @param warnings takes lines for the log: of many tables that are not ready at once some are named */
    LoadedTables(Clock clock, Consumer<String> warnings) {
        this.clock = clock;
        this.warnings = warnings;
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

    /** Changes that the file holds of this table wait, which is logged when it is new: not for each file and each try. */
    synchronized void unready(String file, TableUnready why) {
        unready(file, List.of(why));
    }

    private void unready(String file, Collection<TableUnready> waiting) {
        List<String> news = new ArrayList<>();
        for (TableUnready why : waiting) {
            TableId table = why.source();
            TableState state = why instanceof TableWaits ? TableState.WAITING : TableState.SET_ASIDE;
            Unready before = unready.get(table);
            if (before == null || !before.logged() || before.state() != state) {
                news.add(table + " is " + state.text() + ", and others go on: " + why.getMessage());
            }
            put(file, table, state, why.getMessage(), true);
        }
        some(news.stream(), news.size()).forEach(warnings);
    }

    /** The same for another reason, which whoever tries the file logs. */
    synchronized void unready(String file, TableId table, TableState state, String why) {
        Unready before = unready.get(table);
        put(file, table, state, why, before != null && before.logged() && before.state() == state);
    }

    private void put(String file, TableId table, TableState state, String why, boolean logged) {
        met.add(table);
        Unready before = unready.get(table);
        Set<String> files = before == null ? new HashSet<>() : before.files();
        if (files.size() < MOST_FILES) {
            files.add(file);
        }
        Instant since = before == null ? clock.instant() : before.since();
        unready.put(table, new Unready(state, why, since, files, logged));
    }

    /** The file was read to its end, and of its changes those of these tables wait. */
    synchronized void readToEnd(String file, Collection<TableUnready> waiting) {
        Set<TableId> still = waiting.stream().map(TableUnready::source).collect(Collectors.toSet());
        List<TableId> ready = new ArrayList<>();
        unready.entrySet()
                .removeIf(entry -> !still.contains(entry.getKey())
                        && entry.getValue().files().remove(file)
                        && isReady(entry, ready));
        log(ready);
        unready(file, waiting);
    }

    /** Forgets all files but these. */
    synchronized void keep(Predicate<String> files) {
        List<TableId> ready = new ArrayList<>();
        unready.entrySet().removeIf(entry -> {
            entry.getValue().files().removeIf(files.negate());
            return isReady(entry, ready);
        });
        log(ready);
    }

    private static boolean isReady(Map.Entry<TableId, Unready> entry, List<TableId> ready) {
        boolean isReady = entry.getValue().files().isEmpty();
        if (isReady && entry.getValue().logged()) {
            ready.add(entry.getKey());
        }
        return isReady;
    }

    private static void log(List<TableId> ready) {
        if (!ready.isEmpty()) {
            LOG.info("{} {} ready: no changes wait any more", TableId.some(ready), ready.size() == 1 ? "is" : "are");
        }
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

    /** Adds an object for each table. */
    synchronized void tell(ArrayNode lines) {
        for (TableId table : new TreeSet<>(met)) {
            Unready entry = unready.get(table);
            TableState open = reading.contains(table) ? TableState.READING : TableState.READY;
            ObjectNode line = lines.addObject()
                    .put("table", table.toString())
                    .put("state", (entry == null ? open : entry.state()).text());
            if (entry != null) {
                line.put("about", "since " + entry.since().truncatedTo(ChronoUnit.SECONDS) + ": " + entry.why());
            }
        }
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
