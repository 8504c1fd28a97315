package floe.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.change.TableId;
import floe.settings.CamelLookup;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {

    @Test
    void aTableGoesWhereItIsSentOrToTheDefaultSchemaInUpperCase() {
        Targets targets = targets("shop.orders, shop.Items -> Sales.raw.shop_items");

        assertThat(targets.all())
                .containsExactly(
                        new Target(new TableId("shop", "orders"), new SnowflakeName("DB", "PUBLIC", "ORDERS")),
                        new Target(new TableId("shop", "Items"), new SnowflakeName("SALES", "RAW", "SHOP_ITEMS")));
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
            shop.a -> X.Y.Z, shop.b -> x.y.z          | used by shop.a too
            """)
    void twoSourcesOfOneTargetAreRefused(String tables, String message) {
        assertThatThrownBy(() -> targets(tables))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("load.tables")
                .hasMessageContaining(message);
    }

    private static Targets targets(String tables) {
        Properties properties = new Properties();
        properties.setProperty("load.tables", tables);
        properties.setProperty("snowflake.database", "db");
        properties.setProperty("snowflake.schema", "public");
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.getPropertiesComponent().setOverrideProperties(properties);
        return Targets.read(new Settings(new CamelLookup(camel)));
    }
}
