package floe.state;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import floe.binlog.Sighting;
import floe.change.TableId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The tables whose changes up to a place in the binlog were all read. */
public final class CapturedTables {

    private final Set<TableId> tables;

    private CapturedTables(Set<TableId> tables) {
        this.tables = tables;
    }

    public static CapturedTables of(Collection<TableId> tables) {
        return new CapturedTables(Collections.unmodifiableSet(new TreeSet<>(tables)));
    }

    /** Those of a saved state. */
    @JsonCreator
    static CapturedTables named(List<String> names) {
        return of(names.stream().map(TableId::parse).toList());
    }

    /** As they are saved. */
    @JsonValue
    List<String> names() {
        return tables.stream().map(TableId::toString).toList();
    }

    /** In their order. */
    public Set<TableId> tables() {
        return tables;
    }

    public boolean contains(TableId table) {
        return tables.contains(table);
    }

    /** Those that are captured from there on. */
    CapturedTables after(Sighting sighting) {
        if (sighting instanceof Sighting.Arrived arrived && !contains(arrived.table())) {
            Set<TableId> all = new TreeSet<>(tables);
            all.add(arrived.table());
            return of(all);
        }
        TableId gone = sighting instanceof Sighting.Left left
                ? left.table()
                : sighting instanceof Sighting.SetAside aside ? aside.table() : null;
        if (gone == null || !contains(gone)) {
            return this;
        }
        Set<TableId> all = new TreeSet<>(tables);
        all.remove(gone);
        return of(all);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CapturedTables same && tables.equals(same.tables);
    }

    @Override
    public int hashCode() {
        return tables.hashCode();
    }

    @Override
    public String toString() {
        return tables.toString();
    }
}
