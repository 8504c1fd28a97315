package floe.load;

import static floe.change.UnfitChange.Reason.NOT_AN_EVENT;
import static floe.change.UnfitChange.Reason.NOT_JSON;

import floe.change.Change;
import floe.change.ChangeReader;
import floe.change.RecordMark;
import floe.change.RowReference;
import floe.change.TableChange;
import floe.change.TableId;
import floe.change.UnfitChange;
import floe.letters.DeadLetter;
import floe.letters.DeadLetters;
import floe.progress.TablesUnready;
import floe.progress.Work;
import floe.snowflake.TableUnready;
import floe.staging.LinePositions;
import floe.staging.StagedFile;
import floe.staging.StagedLine;
import floe.staging.StagedLines;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The steps that load one file, each a {@link Call} or {@link DeadLetters}, made as they are asked for. All of them done, the
 * file is loaded.
 *
 * <p>Where a table is not ready its changes are left out, and after all other steps {@link TablesUnready} says so: the
 * file is then to be loaded again, for these tables alone. Read failures surface as {@link java.io.UncheckedIOException}.
 */
public final class Steps implements Iterator<Work>, Closeable {

    /** The variable of an exchange that holds the steps of its file. */
    public static final String VARIABLE = "steps";

    private final ChangeReader reader = new ChangeReader();
    private final StagedFile file;
    private final LinePositions positions;
    private final StagedLines lines;
    private final Gathering gathering;
    private final Function<RowReference, String> rows;
    private final Consumer<RecordMark> marks;
    private final Runnable reading;
    private final TablesLeft left;
    private final Set<TableId> only;
    private final Deque<Work> ready = new ArrayDeque<>();
    private final List<DeadLetter> letters = new ArrayList<>();
    private final Map<TableId, TableUnready> unready = new LinkedHashMap<>();
    private long letterCharacters;
    private boolean ended;
    private long taken;

    /**
     * @param rows fetches the event line that a reference stands for
     * @param marks takes the marks among the lines, also those that it was given before
     * @param reading is run before more of the file is read
     * @param left knows which tables of the file are left, and is told
     */
    Steps(
            StagedFile file,
            StagedLines lines,
            Gathering gathering,
            Function<RowReference, String> rows,
            Consumer<RecordMark> marks,
            Runnable reading,
            TablesLeft left) {
        this.left = left;
        this.only = left.of(file);
        this.rows = rows;
        this.marks = marks;
        this.reading = reading;
        this.file = file;
        this.positions = new LinePositions(file);
        this.lines = lines;
        this.gathering = gathering;
    }

    @Override
    public boolean hasNext() {
        if (ready.isEmpty() && !ended) {
            reading.run();
        }
        while (ready.isEmpty() && lines.hasNext()) {
            take(lines.next());
        }
        if (ready.isEmpty() && !ended) {
            ended = true;
            ready.addAll(gathering.rest());
            keepLetters();
        }
        if (ready.isEmpty()) {
            gathering.unready().forEach(table -> unready.put(table.source(), table));
            left.readToEnd(file, unready.keySet());
            if (!unready.isEmpty()) {
                throw new TablesUnready(List.copyOf(unready.values()));
            }
        }
        return !ready.isEmpty();
    }

    @Override
    public Work next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    /** Leaves out what else there is of a table that could not take a call. */
    public void leaveOut(TableUnready table) {
        unready.putIfAbsent(table.source(), table);
    }

    /** How many lines were read so far, but for marks and blank ones. */
    long lines() {
        return taken;
    }

    /** How many bytes these are, uncompressed. */
    long bytes() {
        return lines.bytes();
    }

    private void take(StagedLine line) {
        taken++;
        boolean done = only != null;
        try {
            if (line.damage() != null) {
                throw new UnfitChange(NOT_JSON, line.damage());
            }
            Change change = reader.read(line.text(), positions.of(line.number()));
            if (change instanceof RecordMark mark) {
                taken--;
                marks.accept(mark);
                return;
            }
            done = only != null && !only.contains(change.table());
            if (!done) {
                takeUnlessUnready(line, change instanceof RowReference reference ? held(reference) : change);
            }
        } catch (UnfitChange e) {
            // One that cannot be read became a letter when the file was read to its end.
            if (!done) {
                keep(DeadLetter.of(line, e), line);
            }
        }
    }

    private void takeUnlessUnready(StagedLine line, Change change) {
        // A table may wait for just this shape.
        boolean shape = change instanceof TableChange whole && whole.defines();
        if (shape || !unready.containsKey(change.table())) {
            take(line, change);
        }
    }

    private void keep(DeadLetter letter, StagedLine line) {
        letters.add(letter);
        letterCharacters += line.text().length();
        if (DeadLetters.isFull(letters.size(), letterCharacters)) {
            keepLetters();
        }
    }

    /** The change that the event refers to: whoever writes a reference could else have any object read for any table. */
    private Change held(RowReference reference) {
        Change held = reader.read(rows.apply(reference), reference.position());
        if (held.type() != reference.type()
                || !held.table().equals(reference.table())
                || !held.position().equals(reference.position())
                || held instanceof RowReference) {
            throw new UnfitChange(
                    NOT_AN_EVENT,
                    "The event refers to " + reference.reference() + ", which does not hold the row of this event");
        }
        return held;
    }

    private void take(StagedLine line, Change change) {
        try {
            ready.addAll(gathering.take(line, change));
        } catch (TableUnready e) {
            unready.putIfAbsent(change.table(), e);
        }
    }

    private void keepLetters() {
        if (!letters.isEmpty()) {
            ready.add(new DeadLetters(file, letters));
            letters.clear();
            letterCharacters = 0;
        }
    }
}
