package floe.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import floe.change.TableId;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrivilegesTest {

    private static final TableId ORDERS = new TableId("my_shop", "orders");

    @Test
    void selectMayBeGrantedOnServerSchemaOrTable() {
        assertThat(maySelect("GRANT SELECT, INSERT ON *.* TO `floe`@`%`")).isTrue();
        assertThat(maySelect("GRANT ALL PRIVILEGES ON `my_shop`.* TO `floe`@`%` WITH GRANT OPTION"))
                .isTrue();
        assertThat(maySelect("GRANT SELECT ON `my_shop`.`orders` TO `floe`@`%`"))
                .isTrue();
    }

    @Test
    void otherGrantsAreNotSelectOnTheTable() {
        assertThat(maySelect("GRANT USAGE ON *.* TO `floe`@`%`")).isFalse();
        assertThat(maySelect("GRANT SELECT ON `my_shop`.`items` TO `floe`@`%`")).isFalse();
        assertThat(maySelect("GRANT SELECT ON `shop`.* TO `floe`@`%`")).isFalse();
        assertThat(maySelect(
                        "GRANT SELECT (`id`, `total`), INSERT (`id`, `total`) ON `my_shop`.`orders` TO `floe`@`%`"))
                .isFalse();
        assertThat(maySelect("GRANT EXECUTE ON PROCEDURE `my_shop`.`orders` TO `floe`@`%`"))
                .isFalse();
        assertThat(maySelect("GRANT `select`@`%` TO `floe`@`%`")).isFalse();
    }

    @Test
    void schemasAreGrantedByPattern() {
        assertThat(maySelect("GRANT SELECT ON `my%`.* TO `floe`@`%`")).isTrue();
        assertThat(maySelect("GRANT SELECT ON `my_sh_p`.* TO `floe`@`%`")).isTrue();
        assertThat(maySelect("GRANT SELECT ON `my\\_shop`.* TO `floe`@`%`")).isTrue();
        assertThat(maySelect("GRANT SELECT ON `my_sh\\_p`.* TO `floe`@`%`")).isFalse();
    }

    @Test
    void partialRevokeTakesWhatTheServerWideGrantGave() {
        String grant = "GRANT SELECT ON *.* TO `floe`@`%`";

        assertThat(maySelect(grant, "REVOKE SELECT ON `my_shop`.* FROM `floe`@`%`"))
                .isFalse();
        assertThat(maySelect(grant, "REVOKE SELECT ON `other`.* FROM `floe`@`%`"))
                .isTrue();
    }

    @Test
    void namesMayBeQuotedAsAnsiDoes() {
        assertThat(maySelect("GRANT SELECT ON \"my_shop\".\"orders\" TO \"floe\"@\"%\""))
                .isTrue();
    }

    private static boolean maySelect(String... grants) {
        return Privileges.of("floe@%", List.of(grants)).maySelect(ORDERS);
    }
}
