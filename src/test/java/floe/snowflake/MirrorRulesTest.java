package floe.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.change.TableId;
import floe.settings.Lookup;
import floe.settings.Settings;
import floe.settings.ShippedSettings;
import floe.settings.WrongSetting;
import floe.snowflake.MirrorRule.Deletes;
import floe.snowflake.MirrorRule.DroppedTables;
import floe.snowflake.MirrorRule.Metadata;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MirrorRulesTest {

    @Test
    void whatIsChosenForATableCountsBeforeWhatIsChosenForAll() {
        MirrorRules rules = rules(Map.of(
                "load.metadata", "operation, committed-at",
                "load.dropped-tables", "empty",
                "load.deletes.shop.orders", "soft",
                "load.metadata.shop.orders", "none",
                "load.deletes.`odd.schema`.`a, b`", "soft"));

        MirrorRule orders = rules.of(new TableId("shop", "orders"));
        MirrorRule other = rules.of(new TableId("shop", "Orders"));
        assertThat(orders.deletes()).isEqualTo(Deletes.SOFT);
        assertThat(orders.droppedTables()).isEqualTo(DroppedTables.EMPTY);
        assertThat(orders.metadata()).isEmpty();
        assertThat(other.deletes()).isEqualTo(Deletes.HARD);
        assertThat(other.metadata()).isEqualTo(Set.of(Metadata.OPERATION, Metadata.COMMITTED_AT));
        assertThat(rules.of(new TableId("odd.schema", "a, b")).deletes()).isEqualTo(Deletes.SOFT);
    }

    @Test
    void byItselfNothingIsChosen() {
        assertThat(rules(Map.of())).isEqualTo(MirrorRules.USUAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            load.deletes               | softly   | one of hard, soft
            load.deletes.shop.orders   | none     | one of hard, soft
            load.deletes.shop          | soft     | load.deletes.schema.table
            load.metadata              | position | none, or some of committed-at, applied-at, operation
            load.dropped-tables.shop.* | drop     | load.dropped-tables.schema.table
            """)
    void whatIsNoChoiceIsNamed(String key, String value, String should) {
        assertThatThrownBy(() -> rules(Map.of(key, value)))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining(key)
                .hasMessageContaining(should);
    }

    private static MirrorRules rules(Map<String, String> chosen) {
        Map<String, String> all = new HashMap<>();
        ShippedSettings.read().own().forEach(setting -> all.put(setting.key(), setting.value()));
        all.putAll(chosen);
        return MirrorRules.read(new Settings(new Lookup() {
            @Override
            public Optional<String> value(String key) {
                return Optional.ofNullable(all.get(key));
            }

            @Override
            public Set<String> keys() {
                return all.keySet();
            }
        }));
    }
}
