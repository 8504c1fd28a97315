package floe.debezium;

import floe.binlog.BinlogPlace;
import floe.binlog.BinlogStatement;
import floe.binlog.Sighting;
import floe.capture.Origin;
import floe.capture.SourceEvent;
import floe.change.TableId;
import floe.state.Divergence;
import java.util.List;
import java.util.Set;

/**
 * What statements do to tables: which are captured from there on and which are not any more, their shapes, and whether their old
 * rows may be others.
 *
 * <p>For use by one thread.
 */
final class StatementEffects {

    private final CurrentTables captured;
    private final Tables tables;
    private Cascades cascades;

    StatementEffects(CurrentTables captured, Tables tables) {
        this.captured = captured;
        this.tables = tables;
        this.cascades = tables.cascades();
    }

    /**
     * Where a statement stands, and who is told what it did.
     *
     * @param whole the origin of what is about a whole table
     */
    record Told(BinlogPlace at, Origin whole, List<SourceEvent> into) {

        private void seen(Sighting sighting) {
            into.add(new SourceEvent.Seen(sighting));
        }
    }

    /** Which tables change along with others, by the statements so far. */
    Cascades cascades() {
        return cascades;
    }

    /** Whether a table of which no statement told can be captured from its first row that is seen. */
    boolean comes(TableId table, Told told) {
        look(Set.of(table), Set.of(), null, told);
        if (!captured.contains(table)) {
            captured.passOver(table);
        }
        return captured.contains(table);
    }

    /** @param gtid of the statement; null if it has none */
    void follow(BinlogStatement statement, String gtid, Told told) {
        for (TableId table : statement.truncated(captured.all())) {
            told.into().add(new SourceEvent.Truncation(table, told.whole()));
        }
        for (TableId table : statement.dropped(captured.all())) {
            // By the statement alone: the table may be there again by now, and its rows of before are gone all the
            // same.
            tables.dropped(table);
            leaves(table, told);
        }
        statement.dropped(captured.passedOver()).forEach(table -> leaves(table, told));
        Set<TableId> named = statement.mentioned();
        Set<TableId> mentioned = captured.askedFor(named);
        for (TableId table : statement.defined(captured.all())) {
            Tables.After after = defined(table, gtid, told);
            if (after.now() != null) {
                statement
                        .rowsChanged(table, after.before(), after.now())
                        .ifPresent(how -> told.seen(new Sighting.Unseen(Set.of(table), how, told.at())));
                setAsideIfItMustBe(table, told);
            }
        }
        if (!mentioned.isEmpty()) {
            look(mentioned, statement.made(), gtid, told);
            for (TableId table : mentioned) {
                if (captured.contains(table)) {
                    defined(table, null, told);
                }
            }
        }
        if (!named.isEmpty()) {
            cascades = tables.cascades();
        }
        if (statement.grants()) {
            captured.lookAgain();
        }
    }

    /**
     * Captures those among these tables that are there and can be.
     *
     * @param made those of them that had no rows before
     */
    private void look(Set<TableId> asked, Set<TableId> made, String gtid, Told told) {
        tables.look(asked, gtid).forEach((table, whyNot) -> {
            if (whyNot.isPresent()) {
                setAside(table, whyNot.get(), told);
            } else {
                captured.arrive(table);
                told.seen(
                        new Sighting.Arrived(table, made.contains(table) ? null : Divergence.NOT_CAPTURED, told.at()));
            }
        });
    }

    private void setAsideIfItMustBe(TableId table, Told told) {
        tables.look(Set.of(table), null)
                .values()
                .forEach(whyNot -> whyNot.ifPresent(why -> setAside(table, why, told)));
    }

    private void setAside(TableId table, String why, Told told) {
        captured.passOver(table);
        told.seen(new Sighting.SetAside(table, why, told.at()));
    }

    private Tables.After defined(TableId table, String gtid, Told told) {
        Tables.After after = tables.after(table, gtid);
        if (after.now() == null) {
            leaves(table, told);
        } else if (after.isNew()) {
            told.into().add(new SourceEvent.Shape(table, after.now(), told.whole()));
        }
        return after;
    }

    private void leaves(TableId table, Told told) {
        if (captured.contains(table)) {
            told.into().add(new SourceEvent.Shape(table, null, told.whole()));
        }
        captured.leave(table);
        told.seen(new Sighting.Left(table, told.at()));
    }
}
