package floe.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import floe.change.Column;
import floe.change.TableId;
import floe.change.TableShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowProceduresTest {

    private static final SnowflakeName ORDERS = new SnowflakeName("cdc", "public", "Orders");

    @Test
    void argumentsAreTheColumnsInTheOrderOfTheSourceAndThePosition() {
        String sql = sql(List.of("No", "Region"), column("Region"), column("Total"), column("No"));

        assertThat(sql)
                .contains("\"INSERT_ORDERS\"(AFTER_REGION VARCHAR, AFTER_TOTAL VARCHAR, AFTER_NO VARCHAR,"
                        + " CHANGE_POSITION VARCHAR)")
                .contains("\"UPDATE_ORDERS\"(BEFORE_REGION VARCHAR, BEFORE_NO VARCHAR,"
                        + " AFTER_REGION VARCHAR, AFTER_TOTAL VARCHAR, AFTER_NO VARCHAR, CHANGE_POSITION VARCHAR)")
                .contains("\"DELETE_ORDERS\"(BEFORE_REGION VARCHAR, BEFORE_NO VARCHAR, CHANGE_POSITION VARCHAR)")
                .contains("\"TRUNCATE_ORDERS\"(CHANGE_POSITION VARCHAR)")
                .doesNotContainPattern("\\{[a-z_]+}");
    }

    @Test
    void namesThatNoArgumentCanHaveAreSpelledOtherwise() {
        String sql = sql(List.of("from"), column("from"), column("a b"), column("a_b"), column("it's"));

        assertThat(sql)
                .contains("(AFTER_FROM VARCHAR, AFTER_A_B VARCHAR, AFTER_A_B_ VARCHAR, AFTER_IT_S VARCHAR,")
                .contains("'FROM', :AFTER_FROM, 'A B', :AFTER_A_B, 'A_B', :AFTER_A_B_, 'IT''S', :AFTER_IT_S");
    }

    private static String sql(List<String> key, Column... columns) {
        var shape = new TableShape(key, List.of(columns));
        return String.join(";\n", RowProcedures.statements(new TableId("shop", "Orders"), shape, ORDERS));
    }

    private static Column column(String name) {
        return Column.named(name, "int").nullable(false).build();
    }
}
