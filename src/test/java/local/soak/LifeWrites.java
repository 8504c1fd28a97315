package local.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import local.LocalWorld;
import local.life.Life;
import local.life.LifeSettings;
import local.mysql.MySqlServer;
import local.tables.Column;
import local.tables.Mirrored;
import local.tables.Table;

/** The random life of real schemas, all of whose tables are copied, also those that come meanwhile. */
final class LifeWrites implements Writes {

    /** More than that is not a life, but a list of errors. */
    private static final double MOST_REFUSED = 0.1;

    private static final String IN_SNOWFLAKE = LocalWorld.DATABASE + ".PUBLIC.";

    /** A name that differs from that of another table in its case alone, which by itself would be one in Snowflake. */
    private static final String NAMESAKE = "tickets.log";

    private static final String OF_NAMESAKE = IN_SNOWFLAKE + "\"tickets_log\"";

    private final Life life;
    private final boolean cascades;
    private final NoKey noKey;

    /** @param noKey how tables without a key are copied */
    LifeWrites(MySqlServer mysql, LifeSettings settings, NoKey noKey, Path log) throws Exception {
        this.life = new Life(mysql, settings, log);
        this.cascades = settings.cascades();
        this.noKey = noKey;
    }

    @Override
    public String tables() {
        return life.tables().stream()
                .map(table -> Column.quoted(table.schema()) + ".*")
                .distinct()
                .collect(Collectors.joining(", ", "", ", " + NAMESAKE + " -> " + OF_NAMESAKE));
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "load.target",
                "{schema}_{table}",
                "capture.no-key",
                noKey.toString(),
                "capture.cascades",
                cascades ? "reread" : "refuse");
    }

    @Override
    public List<Mirrored> mirrored() {
        return life.tables().stream().map(this::mirrored).toList();
    }

    private Mirrored mirrored(Table table) {
        String name = (table.schema() + "_" + table.name()).toUpperCase(Locale.ROOT);
        String target = table.toString().equals(NAMESAKE)
                ? OF_NAMESAKE
                : IN_SNOWFLAKE + "\"" + name.replace("\"", "\"\"") + "\"";
        return new Mirrored(table, target, noKey == NoKey.HASH && table.key().isEmpty());
    }

    @Override
    public List<Table> readAgain() {
        return noKey == NoKey.HASH
                ? List.of()
                : life.tables().stream().filter(table -> table.key().isEmpty()).toList();
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
        told.put("tables", (long) life.tables().size());
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
