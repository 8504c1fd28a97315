package local.life;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import local.tables.Table;

/** Which definitions change when: at most two tables are being changed at a time. */
final class Definitions {

    private static final int MOST_UNDER_WAY = 2;
    private static final int TRIES = 40;

    private final List<DdlKind> kinds;
    private final int percent;
    private final Random random;
    private final Fresh fresh;
    private final List<Work> underWay = new ArrayList<>();

    /** What is left to do with a table. */
    private static final class Work {
        private final DdlKind kind;
        private final String table;
        private final Deque<List<String>> steps;

        private Work(DdlKind kind, String table, Steps steps) {
            this.kind = kind;
            this.table = table;
            this.steps = new ArrayDeque<>(steps.steps());
        }
    }

    /**
     * What is done in a round.
     *
     * @param table that nobody else may use meanwhile
     */
    record Step(DdlKind kind, String table, List<String> statements) {}

    Definitions(LifeSettings settings, Random random, int version) {
        this.kinds = settings.kinds().stream().sorted().toList();
        this.percent = settings.ddlPercent();
        this.random = random;
        this.fresh = new Fresh(random, version);
    }

    /** The step of this round; null for none. */
    Step next(List<Table> tables) {
        if (kinds.isEmpty() || random.nextInt(100) >= percent) {
            return null;
        }
        if (underWay.isEmpty() || (underWay.size() < MOST_UNDER_WAY && random.nextBoolean())) {
            begin(tables);
        }
        return underWay.isEmpty() ? null : step();
    }

    /** Whether all that was begun is done. */
    boolean areAtRest() {
        return underWay.isEmpty();
    }

    /** A step of what was begun. */
    Step step() {
        Work work = underWay.get(random.nextInt(underWay.size()));
        Step step = new Step(work.kind, work.table, work.steps.removeFirst());
        if (work.steps.isEmpty()) {
            underWay.remove(work);
        }
        return step;
    }

    private void begin(List<Table> tables) {
        DdlKind kind = kinds.get(random.nextInt(kinds.size()));
        for (int i = 0; i < TRIES; i++) {
            Table table = tables.get(random.nextInt(tables.size()));
            // Tools and renames give such names to what they are not done with.
            boolean busy = table.name().startsWith("_")
                    || underWay.stream().anyMatch(work -> work.table.equals(table.toString()));
            Steps steps = busy ? Steps.NONE : kind.steps(table, fresh);
            if (!steps.steps().isEmpty()) {
                underWay.add(new Work(kind, table.toString(), steps));
                return;
            }
        }
    }
}
