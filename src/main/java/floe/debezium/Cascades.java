package floe.debezium;

import floe.binlog.ColumnLayout;
import floe.binlog.RowImages;
import floe.binlog.TableLayout;
import floe.change.ChangeType;
import floe.change.TableId;
import floe.mysql.CascadingKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Which tables MySQL changes along with the rows of others. In doubt it does. */
final class Cascades {

    private final List<CascadingKey> keys;

    Cascades(List<CascadingKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Whether changes of this table may change others. */
    boolean isParent(TableId table) {
        return keys.stream().anyMatch(key -> key.parent().equals(table));
    }

    /**
     * The tables that change along, those that change along with these included.
     *
     * @param layout of the parent; null if that is not known
     * @param images of the rows that changed; null if they were not read
     */
    Set<TableId> of(TableId parent, ChangeType type, TableLayout layout, RowImages images) {
        Set<TableId> changed = new HashSet<>();
        Deque<TableId> next = new ArrayDeque<>();
        for (CascadingKey key : keys) {
            if (key.parent().equals(parent) && cascades(key, type, layout, images) && changed.add(key.child())) {
                next.add(key.child());
            }
        }
        while (!next.isEmpty()) {
            TableId table = next.remove();
            for (CascadingKey key : keys) {
                if (key.parent().equals(table) && changed.add(key.child())) {
                    next.add(key.child());
                }
            }
        }
        return changed;
    }

    private static boolean cascades(CascadingKey key, ChangeType type, TableLayout layout, RowImages images) {
        if (type == ChangeType.DELETE) {
            return key.onDelete();
        }
        if (type != ChangeType.UPDATE || key.onUpdate().isEmpty()) {
            return false;
        }
        return layout == null || images == null || images.change(layout, places(layout, key.onUpdate()));
    }

    private static Set<Integer> places(TableLayout layout, Set<String> columns) {
        List<String> names = layout.columns().stream().map(ColumnLayout::name).toList();
        return IntStream.range(0, names.size())
                .filter(place -> columns.contains(names.get(place)))
                .collect(HashSet::new, Set::add, Set::addAll);
    }
}
