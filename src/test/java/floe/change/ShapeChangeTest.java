package floe.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeChangeTest {

    private static final Column ID = Column.named("id", "int").nullable(false).build();

    /** Types as {@code name[length]} or {@code name[precision,scale]}, and {@code unsigned}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int|bigint",
                "tinyint|smallint",
                "int unsigned|bigint unsigned",
                "varchar[10]|varchar[10]",
                "varchar[10]|varchar[11]",
                "char[10]|varchar[10]",
                "varchar[60]|tinytext",
                "varchar[16383]|text",
                "varchar[20000]|mediumtext",
                "varbinary[65535]|blob",
                "text|longtext",
                "blob|mediumblob",
                "decimal[10,2]|decimal[12,2]",
                "datetime[6]|datetime[6]",
            })
    void oldRowsKeepWhatTheyHave(String was, String is) {
        assertThat(ShapeChange.ofRows(shape(column(was)), shape(column(is)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bigint|int",
                "int|int unsigned",
                "int unsigned|bigint",
                "int|decimal[10,0]",
                "int|varchar[20]",
                "varchar[10]|varchar[9]",
                "varchar[10]|char[10]",
                "varchar[64]|tinytext",
                "varchar[16384]|text",
                "varchar[10]|blob",
                "varbinary[10]|text",
                "binary[4]|binary[8]",
                "longtext|text",
                "decimal[10,2]|decimal[12,4]",
                "decimal[10,2]|decimal[9,2]",
                "decimal[10,2]|decimal[12,1]",
                "float|double",
                "bit[1]|bit[8]",
                "datetime[0]|datetime[6]",
                "datetime[6]|timestamp[6]",
                "date|datetime[0]",
            })
    void oldRowsMayHaveOtherValues(String was, String is) {
        assertThat(ShapeChange.ofRows(shape(column(was)), shape(column(is))))
                .contains("a column whose values may be others in old rows");
    }

    @Test
    void aNewColumnMayHaveAValueInOldRows() {
        assertThat(added(Column.named("n", "int"))).isEmpty();
        assertThat(added(Column.named("n", "int").nullable(false))).isPresent();
        assertThat(added(Column.named("n", "int").defaultValue("5"))).isPresent();
        assertThat(added(Column.named("n", "varchar").length(1L).defaultValue("")))
                .isPresent();
        assertThat(added(Column.named("n", "int").generated(true))).contains("a new column with a value in old rows");
    }

    @Test
    void aColumnThatGoesAndAnotherOrderChangeNothing() {
        Column other = Column.named("a", "int").build();

        assertThat(ShapeChange.ofRows(shape(other), new TableShape(List.of("id"), List.of(ID))))
                .isEmpty();
        assertThat(ShapeChange.ofRows(shape(other), new TableShape(List.of("id"), List.of(other, ID))))
                .isEmpty();
    }

    @Test
    void membersMayBeAddedAndThoseOfASetKeepTheirOrder() {
        assertThat(ShapeChange.ofRows(members("enum", "a", "b"), members("enum", "b", "c", "a")))
                .isEmpty();
        assertThat(ShapeChange.ofRows(members("enum", "a", "b"), members("enum", "a", "c")))
                .isPresent();
        assertThat(ShapeChange.ofRows(members("set", "a", "b"), members("set", "x", "a", "b", "c")))
                .isEmpty();
        assertThat(ShapeChange.ofRows(members("set", "a", "b"), members("set", "b", "a")))
                .isPresent();
        assertThat(ShapeChange.ofRows(members("set", "a", "b"), members("set", "a")))
                .isPresent();
    }

    @Test
    void defaultsCountForNewRowsAloneAndNullOnlyWhereItIsTakenAway() {
        Column.Builder column = Column.named("n", "int").nullable(false);
        TableShape strict = shape(column.build());

        assertThat(ShapeChange.ofRows(strict, shape(column.defaultValue("4").build())))
                .isEmpty();
        assertThat(ShapeChange.ofRows(strict, shape(column.nullable(true).build())))
                .isEmpty();
        assertThat(ShapeChange.ofRows(shape(column.nullable(true).build()), strict))
                .isPresent();
    }

    @Test
    void anotherCharacterSetMayLoseCharacters() {
        Column.Builder text = Column.named("n", "varchar").length(9L);

        assertThat(ShapeChange.ofRows(
                        shape(text.charset("utf8mb4").build()),
                        shape(text.charset("latin1").build())))
                .isPresent();
    }

    @Test
    void anotherKeyCountsFirst() {
        TableShape before = new TableShape(
                List.of("id"), List.of(ID, Column.named("a", "int").build()));

        assertThat(ShapeChange.ofRows(before, new TableShape(List.of("a", "id"), before.columns())))
                .contains("another key");
        assertThat(ShapeChange.ofRows(before, new TableShape(List.of(), before.columns())))
                .contains("another key");
    }

    private static Optional<String> added(Column.Builder column) {
        return ShapeChange.ofRows(new TableShape(List.of("id"), List.of(ID)), shape(column.build()));
    }

    private static TableShape members(String type, String... members) {
        return shape(Column.named("n", type).members(List.of(members)).build());
    }

    private static TableShape shape(Column column) {
        return new TableShape(List.of("id"), List.of(ID, column));
    }

    private static Column column(String text) {
        String type = text.replaceAll("\\[.*| unsigned", "");
        Column.Builder column = Column.named("n", type).unsigned(text.endsWith(" unsigned"));
        if (text.contains("[")) {
            String[] numbers = text.replaceAll(".*\\[|\\].*", "").split(",", -1);
            switch (type) {
                case "decimal" -> column.precision(Integer.valueOf(numbers[0])).scale(Integer.valueOf(numbers[1]));
                case "bit" -> column.precision(Integer.valueOf(numbers[0]));
                case "datetime", "timestamp" -> column.fraction(Integer.valueOf(numbers[0]));
                default -> column.length(Long.valueOf(numbers[0]));
            }
        }
        return column.build();
    }
}
