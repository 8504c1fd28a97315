package floe.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TablePatternsTest {

    private static final TableId ORDERS = new TableId("shop", "orders");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shop.*|shop|orders",
                "shop.*|shop|.. ,`*",
                "shop.order_*|shop|order_",
                "*.orders|shop|orders",
                "*.*|shop|orders",
                "crm.*, shop.orders , a.b|shop|orders",
                "shop.*, !shop.tmp_*|shop|orders",
                "`a.b`.`c,d`|a.b|c,d",
                "`a`.*|a|b",
                "shop.`a*`|shop|a*",
                "shop.`a``b`|shop|a`b",
                "shop.`!a`|shop|!a",
                "my shop.the orders|my shop|the orders",
                "shop.a-b$|shop|a-b$",
            })
    void theTableIsMeant(String list, String schema, String table) {
        assertThat(TablePatterns.parse(list).contains(new TableId(schema, table)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shop.orders|shop|Orders",
                "shop.orders|Shop|orders",
                "shop.*|shops|orders",
                "shop.*|Shop|orders",
                "shop.order_?|shop|order_",
                "shop.order_?|shop|orderxy",
                "shop.`a*`|shop|ab",
                "shop.*, !shop.tmp_*|shop|tmp_1",
                "!shop.tmp_*, shop.*, shop.tmp_1|shop|tmp_1",
                "shop.*, !*.`a.b`|shop|a.b",
                "*.*|mysql|user",
                "*.*|sys|sys_config",
                "*.*|performance_schema|threads",
                "*.*|information_schema|TABLES",
                "s[hx]op.*|shop|orders",
            })
    void theTableIsNotMeant(String list, String schema, String table) {
        assertThat(TablePatterns.parse(list).contains(new TableId(schema, table)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders",
                "shop.",
                ".orders",
                "shop.orders.id",
                "shop. ",
                "shop.`orders",
                "shop.``",
                "shop.or`ders",
                "`shop.orders`",
                "!",
                "!orders",
                "mysql.user",
                "`sys`.*",
                "Information_Schema.*"
            })
    void anItemThatIsNoNameAndNoPatternIsNamed(String item) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TablePatterns.parse("shop.orders, " + item + " , crm.*"))
                .withMessageContaining(item.strip().replaceFirst("^!", ""));
    }

    @Test
    void aPatternIsNoTable() {
        assertThatIllegalArgumentException().isThrownBy(() -> TableId.parse("shop.*"));
        assertThatIllegalArgumentException().isThrownBy(() -> TableId.parse("sho?.orders"));
        assertThat(TableId.parse("shop.`*`").table()).isEqualTo("*");
    }

    @Test
    void whatNoTableHasIsToldAsItIsWritten() {
        TablePatterns patterns = TablePatterns.parse("shop.*, crm.*, shop.orders, shop.`a,b`, !shop.x*");

        assertThat(patterns.withoutAny(Set.of(ORDERS))).containsExactly("crm.*", "shop.`a,b`");
    }

    @Test
    void tablesThatAreNamedAreThoseThatAreNotLeftOut() {
        TablePatterns patterns = TablePatterns.parse("shop.b, shop.*, shop.a, shop.tmp, !shop.tmp");

        assertThat(patterns.named()).containsExactly(new TableId("shop", "b"), new TableId("shop", "a"));
        assertThat(TablePatterns.parse("shop.tmp, !shop.*").isEmpty()).isTrue();
        assertThat(TablePatterns.parse("shop.*, !shop.*").isEmpty()).isFalse();
    }

    /** The lock and the server id of a capture are made of it. */
    @Test
    void orderAndBlankSpaceDoNotCount() {
        assertThat(TablePatterns.parse(" shop.b,shop.*  ,`shop`.`a`,shop.b").sorted())
                .isEqualTo(TablePatterns.parse("shop.a, shop.b, shop.*").sorted());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"shop|orders", "a.b|c,d", "it's|a \"b\"", "`|!*?", "x|a->b", "ärger|日本"})
    void aNameIsReadAsItIsWritten(String schema, String table) {
        TableId id = new TableId(schema, table);

        assertThat(TableId.parse(id.toString())).isEqualTo(id);
        assertThat(TablePatterns.of(Set.of(id)).contains(id)).isTrue();
        assertThat(TablePatterns.of(Set.of(id)).named()).containsExactly(id);
    }
}
