package local.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import local.mysql.MySqlServer;
import local.tables.Catalog;
import local.tables.Column;
import local.tables.Reference;
import local.tables.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generator itself, on a real MySQL. */
class LifeTest {

    private static final long SEED = 7;
    private static final int ROWS = 4_000;
    private static final Pattern OUTCOME = Pattern.compile("^/\\* [^*]* \\*/ ");

    private static final Pattern SPACE = Pattern.compile(" ");

    @TempDir
    Path folder;

    private static MySqlServer mysql;

    @BeforeAll
    static void start() {
        mysql = new MySqlServer().start();
    }

    @AfterAll
    static void end() {
        mysql.close();
    }

    @Test
    void theSchemasHaveTablesOfAllShapes() throws Exception {
        List<Table> tables = created(true);

        assertThat(Schemas.NAMES).allSatisfy(schema -> assertThat(tables)
                .filteredOn(table -> table.schema().equals(schema))
                .hasSizeBetween(15, 60));
        assertHas(tables, table -> table.key().size() > 2);
        assertHas(tables, table -> !table.hasPrimaryKey() && !table.key().isEmpty());
        assertHas(tables, table -> table.key().isEmpty());
        assertHas(tables, table -> keyIs(table, Column.Kind.TEXT));
        assertHas(tables, table -> keyIs(table, Column.Kind.BYTES));
        assertHas(tables, table -> keyIs(table, Column.Kind.BIT));
        assertHas(tables, table -> table.references().stream()
                .anyMatch(its -> its.columns().size() > 1));
        assertHas(tables, table -> table.references().stream()
                .anyMatch(its -> its.parent().equals(table.name())));
        assertThat(tables.stream().map(table -> table.partitioning().replaceFirst(" .*", "")))
                .contains("", "HASH", "KEY", "LIST", "RANGE");
    }

    @Test
    void theSchemasHaveColumnsOfAllTypes() throws Exception {
        List<Column> columns = created(true).stream()
                .flatMap(table -> table.columns().stream())
                .toList();

        assertThat(columns)
                .extracting(Column::type)
                .contains(SPACE.split(
                        "tinyint smallint mediumint int bigint decimal float double bit year date datetime timestamp time char varchar"
                                + " tinytext text mediumtext longtext binary varbinary tinyblob blob mediumblob longblob enum set json"
                                + " geometry point linestring polygon multipoint multilinestring multipolygon geomcollection",
                        -1));
        assertThat(columns.stream().map(Column::fullType))
                .anyMatch(type -> type.contains("zerofill"))
                .contains("bit(1)", "bit(64)", "float(7,3)", "decimal(65,30)", "bigint(20) unsigned", "tinyint(1)");
        assertThat(columns.stream().map(Column::extra)).anyMatch(extra -> extra.contains("virtual generated"));
        assertThat(columns.stream().map(Column::extra)).anyMatch(extra -> extra.contains("stored generated"));
        assertThat(columns.stream().map(Column::charset).collect(Collectors.toSet()))
                .hasSizeGreaterThan(15);
        assertThat(columns.stream().map(Column::collation).collect(Collectors.toSet()))
                .hasSizeGreaterThan(25);
        assertThat(columns.stream().map(Column::defaultValue))
                .contains("0000-00-00", "CURRENT_TIMESTAMP(6)", "b'101'", "");
    }

    @Test
    void theSchemasHaveOddNames() throws Exception {
        List<Table> tables = created(true);

        assertThat(Stream.concat(
                                tables.stream().map(Table::name),
                                tables.stream()
                                        .flatMap(table -> table.columns().stream())
                                        .map(Column::name))
                        .collect(Collectors.joining("\n")))
                .contains(" ", "'", "\"", "`", ".", ",", "{", "$", "%", "&", "ö", "ß", "€", "-", "#", "/")
                .contains("\nselect\n", "\norder\n", "\ngroup\n", "\n2nd hand\n", "\nlog\n", "\nLog\n");
    }

    @Test
    void cascadesCanBeLeftOut() throws Exception {
        assertThat(changedByParents(created(true))).hasSizeGreaterThan(4);

        assertThat(changedByParents(created(false))).isEmpty();
    }

    @Test
    void aLifeOfAllKindsIsSeldomRefused() throws Exception {
        try (Life life = life(SEED, folder.resolve("life.sql"))) {
            while (life.statements() < 4_000) {
                life.round();
            }
            life.comeToRest();

            long refused =
                    life.refusals().values().stream().mapToLong(Long::longValue).sum();
            assertThat(refused).as("%s", life.refusals()).isBetween(1L, life.statements() / 20);
            assertThat(life.rows()).isGreaterThan(life.statements());
            assertThat(life.brokenOff()).isZero();
            assertThat(life.changes()).hasSizeGreaterThan(12);
            assertThat(life.tables()).extracting(Table::name).noneMatch(name -> name.endsWith("_gho"));
        }
    }

    @Test
    void oneSeedGivesOneSequenceOfStatements() throws Exception {
        List<String> said = saidBy(SEED, "one");

        assertThat(saidBy(SEED, "again")).isEqualTo(said);
        assertThat(saidBy(SEED + 1, "other")).isNotEqualTo(said);
        assertThat(said).hasSizeGreaterThan(800).anyMatch(sql -> sql.startsWith("ALTER TABLE"));
    }

    @Test
    void everyKindOfChangeIsDone() throws Exception {
        Set<DdlKind> done = EnumSet.noneOf(DdlKind.class);
        Set<String> refused = new TreeSet<>();
        created(true);
        try (Connection connection = mysql.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET sql_mode = 'ALLOW_INVALID_DATES'");
            statement.execute("USE cms");
            Fresh fresh = new Fresh(new Random(SEED), 80_012);
            List<DdlKind> kinds = new ArrayList<>(List.of(DdlKind.values()));
            // What is dropped must have been made.
            kinds.add(DdlKind.DROP_TABLE);
            for (DdlKind kind : kinds) {
                for (Table table : Catalog.read(connection, Schemas.NAMES).tables()) {
                    if (!done.contains(kind) && isDone(kind.steps(table, fresh), statement, refused)) {
                        done.add(kind);
                    }
                }
            }
        }

        // CREATE TABLE .. SELECT is not written to a binlog with GTIDs before 8.0.21.
        assertThat(EnumSet.complementOf(EnumSet.copyOf(done))).as("%s", refused).containsOnly(DdlKind.CREATE_SELECT);
    }

    private static boolean isDone(Steps steps, Statement statement, Set<String> refused) {
        List<String> all = steps.steps().stream().flatMap(List::stream).toList();
        for (String sql : all) {
            try {
                statement.execute(sql);
            } catch (SQLException e) {
                refused.add(e.getErrorCode() + " " + sql);
                return false;
            }
        }
        return !all.isEmpty();
    }

    private Life life(long seed, Path log) throws Exception {
        return new Life(mysql, LifeSettings.ofSeed(seed).withRows(ROWS), log);
    }

    /** All that was said to MySQL, whatever it answered. */
    private List<String> saidBy(long seed, String name) throws Exception {
        Path log = folder.resolve(name);
        try (Life life = life(seed, log)) {
            for (int i = 0; i < 25; i++) {
                life.round();
            }
        }
        return Files.readAllLines(log).stream()
                .map(line -> OUTCOME.matcher(line).replaceFirst(""))
                .toList();
    }

    private static List<Table> created(boolean cascades) throws Exception {
        try (Connection connection = mysql.connection()) {
            Schemas.create(connection, cascades);
            return Catalog.read(connection, Schemas.NAMES).tables();
        }
    }

    private static Set<String> changedByParents(List<Table> tables) {
        return tables.stream()
                .filter(table -> table.references().stream().anyMatch(Reference::changesChild))
                .map(Table::toString)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean keyIs(Table table, Column.Kind kind) {
        return table.key().size() == 1
                && table.column(table.key().get(0)).orElseThrow().kind() == kind;
    }

    private static void assertHas(List<Table> tables, Predicate<Table> shape) {
        assertThat(tables).anyMatch(shape);
    }
}
