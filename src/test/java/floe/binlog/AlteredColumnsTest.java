package floe.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import floe.change.Column;
import floe.change.TableId;
import floe.change.TableShape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an ALTER TABLE says itself, where the shapes before and after do not show it. */
class AlteredColumnsTest {

    private static final TableId ITEMS = new TableId("shop", "items");
    private static final TableShape SHAPE = new TableShape(
            List.of("id"),
            List.of(
                    Column.named("id", "int").nullable(false).build(),
                    Column.named("a", "int").build(),
                    Column.named("b", "int").build(),
                    Column.named("g", "int").generated(true).build()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE items RENAME COLUMN a TO b, RENAME COLUMN b TO a",
                "ALTER TABLE items CHANGE x a INT",
                "ALTER TABLE `shop`.`items` change column `x` `a` int not null",
                "ALTER TABLE items DROP a, ADD a INT",
                "ALTER TABLE items DROP COLUMN `A`, ADD COLUMN (`c` INT, a INT)",
                "ALTER TABLE items DROP COLUMN a",
                "alter ignore table shop.items MODIFY COLUMN g INT AS (a + 2)",
                "ALTER TABLE items CHANGE g G INT GENERATED ALWAYS AS (b)"
            })
    void rowsAreChangedThoughTheShapesAreTheSame(String sql) {
        assertThat(rowsChanged(sql, SHAPE)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE items DROP x",
                "ALTER TABLE items MODIFY a BIGINT",
                "ALTER TABLE items CHANGE a A INT, CHANGE COLUMN `b` `b` INT",
                "ALTER TABLE items DROP INDEX a, DROP KEY b, DROP FOREIGN KEY a, DROP CONSTRAINT b, DROP CHECK a",
                "ALTER TABLE items ALTER COLUMN a DROP DEFAULT, ALTER b SET DEFAULT 5",
                "ALTER TABLE items ADD INDEX a (a), ADD CONSTRAINT b UNIQUE (b), RENAME INDEX a TO b",
                "ALTER TABLE items CONVERT TO CHARACTER SET utf8mb4, COMMENT = 'RENAME COLUMN a TO b'",
                "ALTER TABLE items DROP PRIMARY KEY, ADD PRIMARY KEY (id)",
                "ALTER TABLE other.items RENAME COLUMN a TO b",
                "ALTER TABLE spare ADD items INT, RENAME COLUMN a TO b",
                "CREATE INDEX a ON items (a)",
                "DROP INDEX a ON items"
            })
    void rowsAreNotChangedWhereTheShapesAreTheSame(String sql) {
        assertThat(rowsChanged(sql, SHAPE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE items ADD c INT DEFAULT 5",
                "ALTER TABLE items ADD COLUMN c VARCHAR(9) DEFAULT 'x' AFTER a",
                "ALTER TABLE items ADD COLUMN c INT NOT NULL",
                "ALTER TABLE items ADD COLUMN (c INT, d INT NOT NULL)",
                "ALTER TABLE items ADD c INT GENERATED ALWAYS AS (a + 1)",
                "ALTER TABLE items ADD c INT AS (a + 1)",
                "ALTER TABLE items ADD c INT AUTO_INCREMENT UNIQUE",
                "ALTER TABLE items MODIFY a VARCHAR(10)",
                "ALTER TABLE items CHANGE a a VARCHAR(10)",
                "ALTER TABLE items CONVERT TO CHARACTER SET latin1",
                "ALTER TABLE items DROP PRIMARY KEY",
                "ALTER TABLE items ADD CONSTRAINT k PRIMARY KEY (a)"
            })
    void oneOfSeveralStatementsCountsByItself(String sql) {
        assertThat(rowsChanged(sql, null))
                .contains("ALTER TABLE ... one of several, of which any may have changed old rows");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE items ADD c INT",
                "ALTER TABLE items ADD COLUMN c INT NULL DEFAULT NULL FIRST, ALGORITHM = INSTANT",
                "ALTER TABLE items ADD c VARCHAR(9) CHARACTER SET latin1 COLLATE latin1_bin COMMENT 'NOT NULL'",
                "ALTER TABLE items ADD c INT, ALTER a SET DEFAULT 5",
                "ALTER TABLE items DROP x, ADD INDEX c (a), ADD UNIQUE KEY (b), DROP KEY d",
                "ALTER TABLE items ENGINE = InnoDB, FORCE, ORDER BY a, AUTO_INCREMENT = 7",
                "ALTER TABLE items DEFAULT CHARACTER SET latin1",
                "ALTER TABLE items RENAME INDEX a TO b",
                "CREATE UNIQUE INDEX a ON items (a)",
                "ANALYZE TABLE items"
            })
    void oneOfSeveralStatementsIsHarmless(String sql) {
        assertThat(rowsChanged(sql, null)).isEmpty();
    }

    @Test
    void otherwiseTheShapesDecide() {
        TableShape before = new TableShape(List.of("id"), SHAPE.columns().subList(0, 3));

        assertThat(rowsChanged("ALTER TABLE items ADD g INT", before))
                .contains("ALTER TABLE ... a new column with a value in old rows");
        assertThat(rowsChanged("DROP INDEX k ON items", new TableShape(List.of("a"), SHAPE.columns())))
                .contains("a statement that leaves another key");
    }

    private static Optional<String> rowsChanged(String sql, TableShape before) {
        return BinlogStatement.parse(new Statement("shop", sql, 0), true).rowsChanged(ITEMS, before, SHAPE);
    }
}
