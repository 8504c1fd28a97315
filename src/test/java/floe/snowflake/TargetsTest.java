package floe.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.change.TableId;
import floe.settings.CamelLookup;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {

    @Test
    void aTableGoesWhereItIsSentOrToTheDefaultSchemaInUpperCase() {
        Targets targets = targets("shop.orders, shop.Items -> Sales.raw.shop_items");

        assertThat(targets.of(new TableId("shop", "orders")).orElseThrow().table())
                .isEqualTo(new SnowflakeName("DB", "PUBLIC", "ORDERS"));
        assertThat(targets.of(new TableId("shop", "Items")).orElseThrow().table())
                .isEqualTo(new SnowflakeName("SALES", "RAW", "SHOP_ITEMS"));
        assertThat(targets.of(new TableId("shop", "items"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            shop.a, shop.A                            | used by shop.a too
            shop.a, other.a                           | used by shop.a too
            shop.a, shop.a                            | names each source once
            shop.a, shop.a_tombstones                 | used by shop.a too
            shop.a, shop.a_floe                       | used by shop.a too
            shop.floe_tables                          | used by Floe itself too
            shop                                      | schema.table
            shop.a -> X.Y                             | schema.table -> DB.SCHEMA.TABLE
            shop.* -> X.Y.Z                           | with one table on the left
            shop.a? -> X.Y.Z                          | with one table on the left
            !shop.a -> X.Y.Z                          | with one table on the left
            shop.a, shop.a -> X.Y.Z                   | names each source once
            shop.*, shop.a, crm.a                     | used by shop.a too
            shop.a -> X.Y.FLOE_RULES                  | used by Floe itself too
            shop.a_tombstones_2, shop.a               | used by shop.a_tombstones_2 too
            mysql.*                                   | schema.table
            shop.a -> X.Y.Z, shop.b -> x.y.z          | used by shop.a too
            """)
    void twoSourcesOfOneTargetAreRefused(String tables, String message) {
        assertThatThrownBy(() -> targets(tables))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("load.tables")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {table}                       | upper | "DB"."PUBLIC"."ORDER LINES"
            {table}                       | keep  | "DB"."PUBLIC"."Order Lines"
            {table}                       | lower | "DB"."PUBLIC"."order lines"
            {schema}_{table}              | upper | "DB"."PUBLIC"."SHOP_ORDER LINES"
            {schema}.{table}              | upper | "DB"."SHOP"."ORDER LINES"
            {schema}.{table}              | keep  | "DB"."Shop"."Order Lines"
            raw.{schema}.mysql_{table}    | upper | "RAW"."SHOP"."MYSQL_ORDER LINES"
            raw.{schema}.Mysql_{table}    | keep  | "RAW"."Shop"."Mysql_Order Lines"
            raw.{schema}.Mysql_{table}    | lower | "RAW"."shop"."mysql_order lines"
            "raw"."A.b".{table}{table}    | upper | "raw"."A.b"."ORDER LINESORDER LINES"
            {schema} . "of {table}"       | keep  | "DB"."Shop"."of Order Lines"
            """)
    void theTemplateSaysWhereATableGoes(String template, String letterCase, String quoted) {
        Targets targets = targets("Shop.*", template, letterCase);

        assertThat(targets.of(new TableId("Shop", "Order Lines"))
                        .orElseThrow()
                        .table()
                        .quoted())
                .isEqualTo(quoted);
        assertThat(targets.of(new TableId("shop", "Order Lines"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders",
                "{schema}",
                "{Table}",
                "{table",
                "table}",
                "{table}.",
                "a.b.c.{table}",
                ".{table}",
                "{}{table}"
            })
    void aTemplateThatIsNoneIsRefused(String template) {
        assertThatThrownBy(() -> targets("shop.*", template, "upper"))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("load.target is '" + template + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            shop.*, !shop.b                                   | shop.b |
            shop.*, !shop.b, shop.b -> x.y.b                  | shop.b | "X"."Y"."B"
            shop.*, shop.b -> "x".Y."b ""c d"                 | shop.b | "x"."Y"."b ""c d"
            shop.*, `shop`.`a->b,.c` -> x.y.z                 | `shop`.`a->b,.c` | "X"."Y"."Z"
            shop.*                                            | `shop`.`a->b,.c` | "DB"."PUBLIC"."A->B,.C"
            shop.*                                            | shop.straße | "DB"."PUBLIC"."STRASSE"
            *.*                                               | mysql.user |
            shop.*, !shop.tmp_*                               | shop.tmp_1 |
            """)
    void aTableIsMeantAsInTheSettingsOfCapture(String tables, String source, String quoted) {
        assertThat(targets(tables).of(TableId.parse(source)).map(target -> target.table()
                        .quoted()))
                .isEqualTo(Optional.ofNullable(quoted));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a$$b", "a:?b"})
    void aNameThatNoProcedureCanHoldIsThatTablesTroubleAlone(String name) {
        Targets targets = targets("shop.*, shop.other");

        assertThatThrownBy(() -> targets.of(new TableId("shop", name)))
                .isInstanceOf(TableUnready.class)
                .hasMessageContaining("name another target in load.tables");
        assertThat(targets.of(new TableId("shop", "other"))).isPresent();
    }

    private static Targets targets(String tables) {
        return targets(tables, "{table}", "upper");
    }

    private static Targets targets(String tables, String template, String letterCase) {
        Properties properties = new Properties();
        properties.setProperty("load.tables", tables);
        properties.setProperty("load.target", template);
        properties.setProperty("load.target-case", letterCase);
        properties.setProperty("snowflake.database", "db");
        properties.setProperty("snowflake.schema", "public");
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.getPropertiesComponent().setOverrideProperties(properties);
        return Targets.read(new Settings(new CamelLookup(camel)));
    }
}
