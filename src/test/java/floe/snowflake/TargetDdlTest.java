package floe.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.change.TableId;
import floe.mysql.SourceColumn;
import floe.mysql.SourceTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetDdlTest {

    private static final SnowflakeName PERSONS = new SnowflakeName("cdc", "public", "Persons");

    @Test
    void everyNameIsFoldedAndQuoted() {
        var table = table(List.of("PersonID"), integer("PersonID", false), text("Full \"Name\"", true));

        String sql = String.join(";\n", TargetDdl.statements(table, PERSONS));

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
        List<String> statements = TargetDdl.statements(table(List.of("PersonID"), integer("PersonID", false)), PERSONS);

        assertThat(statements)
                .filteredOn(sql -> sql.startsWith("CREATE OR REPLACE PROCEDURE"))
                .hasSize(2)
                .allSatisfy(sql -> assertThat(sql)
                        .contains("UPDATE \"CDC\".\"PUBLIC\".\"PERSONS_FLOE\"")
                        .doesNotContain("FLOE_TABLES"));
    }

    @Test
    void aNullableKeyComparesWithEqualNull() {
        var table = table(List.of("a", "b"), integer("a", false), integer("b", true), text("c", true));

        String sql = String.join(";\n", TargetDdl.statements(table, PERSONS));

        assertThat(sql).contains("c.\"A\" = t.\"A\" AND EQUAL_NULL(c.\"B\", t.\"B\")");
    }

    @Test
    void aTableOfItsKeyAloneIsStillUpdated() {
        String sql = String.join(";\n", TargetDdl.statements(table(List.of("a"), integer("a", false)), PERSONS));

        assertThat(sql)
                .contains("UPDATE SET \"A\" = IFF(c._ROW['A'] IS NULL, t.\"A\", c.\"A\"), _POSITION = c._POSITION");
    }

    @Test
    void quotesAndBackslashesInNamesAreEscapedInTexts() {
        var table = new SourceTable(new TableId("it's", "a\\b"), List.of(integer("o'id", false)), List.of("o'id"));

        String sql = String.join(";\n", TargetDdl.statements(table, PERSONS));

        assertThat(sql).contains("'it''s.a\\\\b'").contains("c.value['row']['O''ID']::NUMBER(38,0) AS \"O'ID\"");
    }

    @Test
    void aNameMakesNoOtherStatement() {
        var table = table(List.of("id"), integer("id", false), text("c\nDROP TABLE T;\n--", true));
        var name = new SnowflakeName("cdc", "public", "n\nDROP TABLE T;\n--{source}");

        List<String> statements = TargetDdl.statements(table, name);

        assertThat(statements)
                .hasSameSizeAs(TargetDdl.statements(table, PERSONS))
                .noneSatisfy(sql -> assertThat(sql).startsWith("DROP"));
    }

    @Test
    void twoColumnsOfOneNameAreRefused() {
        var table = table(List.of("id"), integer("id", false), text("Name", true), text("NAME", true));

        assertThatThrownBy(() -> TargetDdl.statements(table, PERSONS))
                .isInstanceOf(WrongTable.class)
                .hasMessageContaining("Name and NAME of CDC_schema.Persons are both NAME in Snowflake");
    }

    @Test
    void aTableWithoutKeyIsRefused() {
        var table = table(List.of(), integer("id", false));

        assertThatThrownBy(() -> TargetDdl.statements(table, PERSONS))
                .isInstanceOf(WrongTable.class)
                .hasMessageContaining("CDC_schema.Persons has no key");
    }

    private static SourceTable table(List<String> key, SourceColumn... columns) {
        return new SourceTable(new TableId("CDC_schema", "Persons"), List.of(columns), key);
    }

    private static SourceColumn integer(String name, boolean nullable) {
        return new SourceColumn(name, "int", "int", null, 10, 0, null, nullable, null, false, null, null);
    }

    private static SourceColumn text(String name, boolean nullable) {
        return new SourceColumn(
                name, "varchar(255)", "varchar", 255L, null, null, null, nullable, null, false, null, null);
    }
}
