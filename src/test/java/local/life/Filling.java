package local.life;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import local.tables.Reference;
import local.tables.Table;

/** The rows that the tables have in the beginning: of parents first, and more where rows refer to others. */
final class Filling {

    private static final int AT_ONCE = 100;
    private static final int CHILD_WEIGHT = 3;

    private Filling() {}

    static void fill(Session session, List<Table> tables, int rows, long seed) throws SQLException {
        Dml dml = new Dml(new Random(seed));
        int weights = tables.stream().mapToInt(Filling::weight).sum();
        for (Table table : parentsFirst(tables)) {
            int left = Math.max(1, rows * weight(table) / weights);
            while (left > 0) {
                session.run(dml.insert("INSERT IGNORE INTO ", table, Math.min(AT_ONCE, left)));
                left -= AT_ONCE;
            }
        }
    }

    private static int weight(Table table) {
        return table.references().isEmpty() ? 1 : CHILD_WEIGHT;
    }

    private static List<Table> parentsFirst(List<Table> tables) {
        List<Table> left = new ArrayList<>(tables);
        List<Table> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            Set<String> waiting =
                    new HashSet<>(left.stream().map(Table::toString).toList());
            List<Table> next = left.stream()
                    .filter(table -> parents(table).noneMatch(waiting::contains))
                    .toList();
            if (next.isEmpty()) {
                throw new IllegalStateException("foreign keys in a circle: " + waiting);
            }
            ordered.addAll(next);
            left.removeAll(next);
        }
        return ordered;
    }

    private static Stream<String> parents(Table table) {
        return table.references().stream()
                .map(Reference::parent)
                .filter(parent -> !parent.equals(table.name()))
                .map(parent -> table.schema() + "." + parent);
    }
}
