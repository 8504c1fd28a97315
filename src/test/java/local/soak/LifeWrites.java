package local.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import local.LocalWorld;
import local.life.Life;
import local.life.LifeSettings;
import local.mysql.MySqlServer;
import local.tables.Mirrored;
import local.tables.Table;

/** The random life of real schemas, of which those tables are looked at that Floe can copy. */
final class LifeWrites implements Writes {

    /** More than that is not a life, but a list of errors. */
    private static final double MOST_REFUSED = 0.1;

    private final Life life;
    private final Map<String, String> targets = new LinkedHashMap<>();
    private final Map<String, String> leftOut = new TreeMap<>();

    LifeWrites(MySqlServer mysql, LifeSettings settings, Path log) throws Exception {
        life = new Life(mysql, settings, log);
        for (Table table : life.tables()) {
            String target = Copyable.target(table);
            String reason = targets.containsValue(target)
                    ? "another table has this name in Snowflake"
                    : Copyable.hindrance(table);
            if (reason == null) {
                targets.put(table.toString(), target);
            } else {
                leftOut.put(table.toString(), reason);
            }
        }
    }

    /** The tables that Floe cannot copy, with the reason. */
    Map<String, String> leftOut() {
        return leftOut;
    }

    @Override
    public String tables() {
        return targets.entrySet().stream()
                .map(table -> table.getKey() + " -> " + LocalWorld.DATABASE + ".PUBLIC." + table.getValue())
                .collect(Collectors.joining(", "));
    }

    @Override
    public List<Mirrored> mirrored() {
        return life.tables().stream()
                .filter(table -> targets.containsKey(table.toString()))
                .map(table -> new Mirrored(
                        table,
                        LocalWorld.DATABASE + ".PUBLIC.\""
                                + targets.get(table.toString()).replace("\"", "\"\"") + "\""))
                .toList();
    }

    @Override
    public void step() throws Exception {
        life.round();
    }

    @Override
    public void comeToRest() throws Exception {
        life.comeToRest();
    }

    @Override
    public long rows() {
        return life.rows();
    }

    @Override
    public Map<String, Long> told() {
        Map<String, Long> told = new TreeMap<>();
        told.put("tables", (long) targets.size());
        told.put("rows", life.rows());
        told.put("statements", life.statements());
        told.put("statements without an answer", life.brokenOff());
        life.refusals().forEach((error, count) -> told.put("refused " + error, count));
        life.changes().forEach((kind, count) -> told.put("ddl " + kind, count));
        return told;
    }

    @Override
    public List<String> definitionsOf(Table table) {
        return life.definitionsOf(table.toString());
    }

    @Override
    public boolean isWell() {
        long refused =
                life.refusals().values().stream().mapToLong(Long::longValue).sum();
        return refused < MOST_REFUSED * life.statements();
    }

    @Override
    public void close() throws IOException {
        life.close();
    }
}
