package floe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import floe.settings.CamelLookup;
import floe.settings.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import local.FloeSettings;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;
import local.snowflake.SnowflakeServer;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SetupCommandTest {

    @TempDir
    Path folder;

    private static final String EVOLVE = "CDC_DESTINATION.PUBLIC.FLOE_EVOLVE";

    /** A table is made, and then looked at. */
    private static final int MADE = 2;

    private final StringWriter printed = new StringWriter();
    private final StringWriter told = new StringWriter();

    @Test
    void whatCaptureWouldStopAtIsToldBesideTheStatements() throws Exception {
        MySqlSettings settings = MySqlSettings.defaults().withOption("binlog_row_metadata", "MINIMAL");
        try (MySqlServer mysql = new MySqlServer(settings).start()) {
            mysql.execute("CREATE DATABASE shop", "CREATE TABLE shop.orders (id INT PRIMARY KEY)");

            assertThat(setup(mysql)).isZero();
        }

        assertThat(told.toString())
                .startsWith("STOP: binlog_row_metadata is MINIMAL and should be FULL")
                .contains("SET PERSIST binlog_row_metadata = FULL");
        assertThat(printed.toString()).contains("CREATE TABLE").doesNotContain("STOP");
    }

    @Test
    void theTablesThatThePatternsMeanAreMadeReady() throws Exception {
        try (MySqlServer mysql = new MySqlServer().start()) {
            mysql.execute(
                    "CREATE DATABASE shop",
                    "CREATE TABLE shop.orders (id INT PRIMARY KEY)",
                    "CREATE TABLE shop.items (id INT PRIMARY KEY)",
                    "CREATE TABLE shop.tmp_1 (id INT PRIMARY KEY)",
                    "CREATE VIEW shop.latest AS SELECT * FROM shop.items");

            assertThat(setup(mysql, "shop.*, !shop.tmp_*, !shop.items, shop.items -> CDC.OTHER.THINGS"))
                    .isZero();
        }

        assertThat(printed.toString())
                .contains(
                        "CALL \"CDC\".\"PUBLIC\".\"FLOE_EVOLVE\"('shop', 'orders', 'ORDERS', ",
                        "CALL \"CDC\".\"OTHER\".\"FLOE_EVOLVE\"('shop', 'items', 'THINGS', ")
                .doesNotContain("TMP_1", "latest", "'ITEMS'");
    }

    @Test
    void aTableThatIsNotThereYetIsListedAndMadeByNobody() throws Exception {
        try (MySqlServer mysql = new MySqlServer(MySqlSettings.defaults()).start()) {
            mysql.execute("CREATE DATABASE shop");

            assertThat(setup(mysql)).isZero();
        }

        assertThat(printed.toString())
                .contains("[[\"ORDERS\",\"shop.orders\"]]")
                .doesNotContain("FLOE_EVOLVE\"('shop'");
    }

    @Test
    void whatIsWrongWithOneTableLeavesTheOthersAlone() throws Exception {
        try (MySqlServer mysql = new MySqlServer().start();
                SnowflakeServer snowflake = SnowflakeServer.start()) {
            mysql.execute(
                    "CREATE DATABASE shop",
                    "CREATE DATABASE crm",
                    "CREATE TABLE shop.a (id INT PRIMARY KEY, _deleted INT)",
                    "CREATE TABLE shop.`b$$` (id INT PRIMARY KEY)",
                    "CREATE TABLE shop.c (id INT PRIMARY KEY)",
                    "CREATE TABLE shop.C (id INT PRIMARY KEY)",
                    "CREATE TABLE shop.c_floe (id INT PRIMARY KEY)",
                    "CREATE TABLE shop.floe_tables (id INT PRIMARY KEY)",
                    "CREATE TABLE shop.d (id INT PRIMARY KEY)");

            assertThat(setup(mysql, snowflake, "*.*, crm.later", "--execute")).isOne();

            assertThat(printed.toString().lines())
                    .hasSize(7)
                    .contains(
                            "CDC_DESTINATION.PUBLIC.C is ready to mirror shop.C",
                            "CDC_DESTINATION.PUBLIC.D is ready to mirror shop.d",
                            "crm.later is not there; when it is, CDC_DESTINATION.PUBLIC.LATER will be made")
                    .anyMatch(line -> line.startsWith("The column _deleted of shop.a cannot be mirrored"))
                    .anyMatch(line -> line.startsWith("shop.c cannot be") && line.contains("is taken by shop.C"))
                    .anyMatch(line -> line.startsWith("shop.c_floe cannot be") && line.contains("is taken by shop.C"))
                    .anyMatch(line -> line.startsWith("shop.floe_tables cannot be") && line.contains("Floe itself"));
            assertThat(told.toString()).contains("shop.b$$ cannot be mirrored as CDC_DESTINATION.PUBLIC.B$$");
            assertThat(snowflake.query("SELECT * FROM D")).isEmpty();
        }
    }

    @Test
    void onlyWhatHasChangedIsMadeAnew() throws Exception {
        try (MySqlServer mysql = new MySqlServer().start();
                SnowflakeServer snowflake = SnowflakeServer.start()) {
            mysql.execute(
                    "CREATE DATABASE shop",
                    "CREATE TABLE shop.a (id INT PRIMARY KEY)",
                    "CREATE TABLE shop.b (id INT PRIMARY KEY)",
                    "CREATE TABLE shop.c (id INT PRIMARY KEY)");
            assertThat(setup(mysql, snowflake, "shop.*", "--execute")).isZero();
            mysql.execute("ALTER TABLE shop.b ADD COLUMN v INT", "CREATE TABLE shop.d (id INT PRIMARY KEY)");
            snowflake.execute("DROP TABLE C");
            long before = snowflake.journal().calls(EVOLVE);

            assertThat(setup(mysql, snowflake, "shop.*, !shop.a, shop.e", "--diff"))
                    .isZero();
            assertThat(snowflake.journal().calls(EVOLVE)).isEqualTo(before);
            assertThat(printed.toString().lines())
                    .containsExactlyInAnyOrder(
                            "not there in MySQL: shop.e -> CDC_DESTINATION.PUBLIC.E",
                            "changed: shop.b -> CDC_DESTINATION.PUBLIC.B",
                            "changed: shop.c -> CDC_DESTINATION.PUBLIC.C",
                            "new: shop.d -> CDC_DESTINATION.PUBLIC.D",
                            "taken off the list: shop.a -> CDC_DESTINATION.PUBLIC.A");

            assertThat(setup(mysql, snowflake, "shop.*, !shop.a, shop.e", "--execute"))
                    .isZero();
            assertThat(snowflake.journal().calls(EVOLVE)).isEqualTo(before + MADE * 3);
            assertThat(snowflake.query("SELECT * FROM A")).isEmpty();
            assertThat(snowflake.query("SELECT SOURCE FROM FLOE_SOURCES WHERE TABLE_NAME <> ''"))
                    .extracting(row -> row.get("SOURCE"))
                    .containsExactlyInAnyOrder("shop.b", "shop.c", "shop.d", "shop.e");

            assertThat(setup(mysql, snowflake, "shop.*, !shop.a, shop.e", "--execute"))
                    .isZero();
            assertThat(snowflake.journal().calls(EVOLVE)).isEqualTo(before + MADE * 3);
            assertThat(setup(mysql, snowflake, "shop.*, !shop.a", "--diff")).isZero();
            assertThat(printed.toString().lines())
                    .containsExactly("not there in MySQL: shop.e -> CDC_DESTINATION.PUBLIC.E");
        }
    }

    @Test
    void anOptionThatHasChangedMakesTheTablesThatItConcerns() throws Exception {
        try (MySqlServer mysql = new MySqlServer().start();
                SnowflakeServer snowflake = SnowflakeServer.start()) {
            mysql.execute(
                    "CREATE DATABASE shop",
                    "CREATE TABLE shop.a (id INT PRIMARY KEY)",
                    "CREATE TABLE shop.b (id INT PRIMARY KEY)",
                    "CREATE TABLE shop.c (id INT PRIMARY KEY)");
            FloeSettings settings = new FloeSettings()
                    .capture(mysql, "shop.orders", folder)
                    .load("shop.*")
                    .snowflake(snowflake);
            assertThat(setup(settings, "--execute")).isZero();
            mysql.execute("DROP TABLE shop.c");

            settings.set("load.deletes.shop.b", "soft").set("load.metadata.shop.c", "operation");
            assertThat(differences(settings))
                    .containsExactlyInAnyOrder(
                            "changed: shop.b -> CDC_DESTINATION.PUBLIC.B",
                            "changed: shop.c -> CDC_DESTINATION.PUBLIC.C");
            assertThat(setup(settings, "--execute")).isZero();
            assertThat(snowflake.query("SELECT _DELETED FROM B")).isEmpty();
            assertThat(snowflake.query("SELECT _OPERATION FROM C")).isEmpty();
            assertThat(differences(settings)).containsExactly("not there in MySQL: shop.c -> CDC_DESTINATION.PUBLIC.C");

            settings.set("load.deletes", "soft");
            assertThat(differences(settings))
                    .containsExactlyInAnyOrder(
                            "changed: shop.a -> CDC_DESTINATION.PUBLIC.A",
                            "changed: shop.c -> CDC_DESTINATION.PUBLIC.C");
        }
    }

    private List<String> differences(FloeSettings settings) throws Exception {
        printed.getBuffer().setLength(0);
        assertThat(setup(settings, "--diff")).isZero();
        return printed.toString().lines().toList();
    }

    @Test
    void aTableKeepsItsNameAsLongAsItIsThere() throws Exception {
        try (MySqlServer mysql = new MySqlServer().start();
                SnowflakeServer snowflake = SnowflakeServer.start()) {
            mysql.execute(
                    "CREATE DATABASE shop",
                    "CREATE DATABASE crm",
                    "CREATE TABLE shop.a (id INT PRIMARY KEY)",
                    "CREATE TABLE crm.a (id INT PRIMARY KEY)");
            assertThat(setup(mysql, snowflake, "shop.*", "--execute")).isZero();

            assertThat(setup(mysql, snowflake, "*.a", "--diff")).isOne();
            assertThat(printed.toString())
                    .startsWith("taken by another source: crm.a -> CDC_DESTINATION.PUBLIC.A (")
                    .contains("is taken by shop.a");
            assertThat(setup(mysql, snowflake, "crm.*", "--execute")).isOne();

            assertThat(snowflake.query("SELECT SOURCE FROM FLOE_SOURCES WHERE TABLE_NAME <> ''"))
                    .isEmpty();
            assertThat(setup(mysql, snowflake, "shop.*, crm.a -> CDC_DESTINATION.PUBLIC.CRM_A", "--execute"))
                    .isZero();
        }
    }

    private int setup(MySqlServer mysql, SnowflakeServer snowflake, String tables, String way) throws Exception {
        printed.getBuffer().setLength(0);
        return setup(
                new FloeSettings()
                        .capture(mysql, "shop.orders", folder)
                        .load(tables)
                        .snowflake(snowflake),
                way);
    }

    private int setup(MySqlServer mysql) throws Exception {
        return setup(mysql, "shop.orders");
    }

    private int setup(MySqlServer mysql, String tables) throws Exception {
        return setup(new FloeSettings()
                .capture(mysql, "shop.orders", folder)
                .load(tables)
                .set("snowflake.database", "CDC")
                .set("snowflake.schema", "PUBLIC"));
    }

    private int setup(FloeSettings settings, String... arguments) throws Exception {
        Properties properties = new Properties();
        properties.putAll(settings.asMap());
        try (var camel = new DefaultCamelContext()) {
            camel.getPropertiesComponent().setOverrideProperties(properties);
            return new CommandLine(new SetupCommand(new Settings(new CamelLookup(camel))))
                    .setErr(new PrintWriter(told))
                    .setOut(new PrintWriter(printed))
                    .execute(arguments);
        }
    }
}
