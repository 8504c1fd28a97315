package floe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import floe.settings.CamelLookup;
import floe.settings.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Properties;
import local.FloeSettings;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SetupCommandTest {

    @TempDir
    Path folder;

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
                        "CALL \"CDC\".\"PUBLIC\".\"FLOE_EVOLVE\"('shop.orders', 'ORDERS',",
                        "CALL \"CDC\".\"OTHER\".\"FLOE_EVOLVE\"('shop.items', 'THINGS',")
                .doesNotContain("TMP_1", "LATEST", "'ITEMS'");
    }

    @Test
    void aTableThatIsNotThereYetIsListedAndMadeByNobody() throws Exception {
        try (MySqlServer mysql = new MySqlServer(MySqlSettings.defaults()).start()) {
            mysql.execute("CREATE DATABASE shop");

            assertThat(setup(mysql)).isZero();
        }

        assertThat(printed.toString()).contains("'shop.orders' AS SOURCE").doesNotContain("CALL \"CDC\"");
    }

    private int setup(MySqlServer mysql) throws Exception {
        return setup(mysql, "shop.orders");
    }

    private int setup(MySqlServer mysql, String tables) throws Exception {
        Properties properties = new Properties();
        properties.putAll(new FloeSettings()
                .capture(mysql, "shop.orders", folder)
                .load(tables)
                .set("snowflake.database", "CDC")
                .set("snowflake.schema", "PUBLIC")
                .asMap());
        try (var camel = new DefaultCamelContext()) {
            camel.getPropertiesComponent().setOverrideProperties(properties);
            return new CommandLine(new SetupCommand(new Settings(new CamelLookup(camel))))
                    .setErr(new PrintWriter(told))
                    .setOut(new PrintWriter(printed))
                    .execute();
        }
    }
}
