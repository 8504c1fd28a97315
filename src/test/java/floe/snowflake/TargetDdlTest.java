package floe.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.change.Column;
import floe.change.TableId;
import floe.change.TableShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetDdlTest {

    private static final TableId SOURCE = new TableId("CDC_schema", "Persons");
    private static final SnowflakeName PERSONS = new SnowflakeName("cdc", "public", "Persons");

    @Test
    void everyNameIsFoldedAndQuoted() {
        var table = table(List.of("PersonID"), integer("PersonID", false), text("Full \"Name\"", true));

        String sql = String.join(";\n", TargetDdl.statements(SOURCE, table, PERSONS));

        assertThat(sql)
                .contains("CREATE TABLE IF NOT EXISTS \"CDC\".\"PUBLIC\".\"PERSONS\"")
                .contains("\"PERSONID\" NUMBER(38,0) NOT NULL,")
                .contains("\"FULL \"\"NAME\"\"\" VARCHAR,")
                .contains("c.value['row']['FULL \"NAME\"']::VARCHAR AS \"FULL \"\"NAME\"\"\"")
                .contains("CREATE OR REPLACE PROCEDURE \"CDC\".\"PUBLIC\".\"APPLY_PERSONS\"(BATCH VARIANT)")
                .contains("CREATE TABLE IF NOT EXISTS \"CDC\".\"PUBLIC\".\"PERSONS_TOMBSTONES\"")
                .contains("'[\"PERSONID\"]'")
                .contains("'CDC_schema.Persons'")
                .doesNotContainPattern("\\{[a-z_]+}");
    }

    @Test
    void proceduresTouchNoTableThatThoseOfOthersTouch() {
        List<String> statements =
                TargetDdl.statements(SOURCE, table(List.of("PersonID"), integer("PersonID", false)), PERSONS);

        assertThat(statements)
                .filteredOn(sql -> sql.startsWith("CREATE OR REPLACE PROCEDURE"))
                .hasSize(2)
                .allSatisfy(sql -> assertThat(sql)
                        .contains("UPDATE \"CDC\".\"PUBLIC\".\"PERSONS_FLOE\"")
                        .doesNotContain("FLOE_TABLES"));
    }

    @Test
    void floeTablesSaysWhichColumnsAreDates() {
        var table = table(
                List.of("a"),
                integer("a", false),
                Column.named("due", "date").build(),
                Column.named("moment", "datetime").fraction(6).build(),
                Column.named("instant", "timestamp").fraction(0).build(),
                Column.named("span", "time").fraction(0).build(),
                Column.named("since", "year").build(),
                text("note", true));

        List<String> statements = TargetDdl.statements(SOURCE, table, PERSONS);

        assertThat(statements.get(statements.size() - 1)).contains("DATE_COLUMNS = '[\"DUE\",\"MOMENT\",\"INSTANT\"]'");
    }

    @Test
    void aNullableKeyComparesWithEqualNull() {
        var table = table(List.of("a", "b"), integer("a", false), integer("b", true), text("c", true));

        String sql = String.join(";\n", TargetDdl.statements(SOURCE, table, PERSONS));

        assertThat(sql).contains("c.\"A\" = t.\"A\" AND EQUAL_NULL(c.\"B\", t.\"B\")");
    }

    @Test
    void aTableOfItsKeyAloneIsStillUpdated() {
        String sql =
                String.join(";\n", TargetDdl.statements(SOURCE, table(List.of("a"), integer("a", false)), PERSONS));

        assertThat(sql)
                .contains("UPDATE SET \"A\" = IFF(c._ROW['A'] IS NULL, t.\"A\", c.\"A\"), _POSITION = c._POSITION");
    }

    @Test
    void quotesAndBackslashesInNamesAreEscapedInTexts() {
        var table = table(List.of("o'id"), integer("o'id", false));

        String sql = String.join(";\n", TargetDdl.statements(new TableId("it's", "a\\b"), table, PERSONS));

        assertThat(sql).contains("'it''s.a\\\\b'").contains("c.value['row']['O''ID']::NUMBER(38,0) AS \"O'ID\"");
    }

    @Test
    void aNameMakesNoOtherStatement() {
        var table = table(List.of("id"), integer("id", false), text("c\nDROP TABLE T;\n--", true));
        var name = new SnowflakeName("cdc", "public", "n\nDROP TABLE T;\n--{source}");

        List<String> statements = TargetDdl.statements(SOURCE, table, name);

        assertThat(statements)
                .hasSameSizeAs(TargetDdl.statements(SOURCE, table, PERSONS))
                .noneSatisfy(sql -> assertThat(sql).startsWith("DROP"));
    }

    @Test
    void twoColumnsOfOneNameAreRefused() {
        var table = table(List.of("id"), integer("id", false), text("Name", true), text("NAME", true));

        assertThatThrownBy(() -> TargetDdl.statements(SOURCE, table, PERSONS))
                .isInstanceOf(WrongTable.class)
                .hasMessageContaining("Name and NAME of CDC_schema.Persons are both NAME in Snowflake");
    }

    @Test
    void aTableWithoutKeyIsRefused() {
        var table = table(List.of(), integer("id", false));

        assertThatThrownBy(() -> TargetDdl.statements(SOURCE, table, PERSONS))
                .isInstanceOf(WrongTable.class)
                .hasMessageContaining("CDC_schema.Persons has no key");
    }

    private static TableShape table(List<String> key, Column... columns) {
        return new TableShape(key, List.of(columns));
    }

    private static Column integer(String name, boolean nullable) {
        return Column.named(name, "int").nullable(nullable).build();
    }

    private static Column text(String name, boolean nullable) {
        return Column.named(name, "varchar").length(255L).nullable(nullable).build();
    }
}
