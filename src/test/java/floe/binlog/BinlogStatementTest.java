package floe.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import floe.change.TableId;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinlogStatementTest {

    private static final TableId ITEMS = new TableId("shop", "items");
    private static final TableId LINES = new TableId("shop", "order lines");
    private static final TableId OTHER = new TableId("other", "items");
    private static final Set<TableId> CAPTURED = Set.of(ITEMS, LINES, OTHER);

    @Test
    void whereNamesHaveNoCaseTablesAreMadeInLowerCase() {
        Statement statement = new Statement("Shop", "CREATE TABLE IF NOT EXISTS Made (Id INT)", 0);

        assertThat(BinlogStatement.parse(statement, false).made()).contains(new TableId("shop", "made"));
        assertThat(BinlogStatement.parse(statement, true).made()).containsExactly(new TableId("Shop", "Made"));
        assertThat(BinlogStatement.parse(statement, true).mentioned())
                .contains(new TableId("Shop", "Made"))
                .doesNotContain(new TableId("shop", "made"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO items VALUES (1, 'it''s \\' `other`.items')",
                "insert into Shop.Items values (1)",
                "INSERT INTO `shop`.`items` (`id`) VALUES (1)",
                "INSERT INTO \"items\" VALUES (1)",
                "/* by a job */ UPDATE items SET name = 1",
                "UPDATE spare JOIN items USING (id) SET items.name = spare.name",
                "DELETE spare FROM spare, shop . items",
                "DELETE FROM # a comment\n items",
                "DELETE FROM -- 'a comment\n items",
                "REPLACE items VALUES (1)",
                "WITH n AS (SELECT 1 AS id) DELETE FROM items WHERE id IN (SELECT id FROM n)",
                "REPAIR TABLE items",
                "CREATE TABLE items (id int) SELECT 1 AS id",
                "ALTER TABLE items DROP PARTITION p0",
                "ALTER IGNORE TABLE items TRUNCATE PARTITION ALL",
                "alter table spare exchange partition p0 with table items",
                "ALTER TABLE items REORGANIZE PARTITION p0 INTO (PARTITION p0 VALUES IN (1))",
                "ALTER TABLE items /*!50100 DISCARD PARTITION p0 TABLESPACE */",
                "ALTER TABLE items IMPORT TABLESPACE",
                "ALTER TABLE items ADD COLUMN more int, RENAME TO spare",
                "ALTER TABLE spare RENAME AS items",
                "RENAME TABLE items TO spare",
                "RENAME TABLES spare TO shop.items, a TO b"
            })
    void namesTheTableWhoseRowsItChanges(String sql) {
        assertThat(tables(sql, "shop")).containsExactly(ITEMS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "BEGIN",
                "COMMIT",
                "SAVEPOINT `items`",
                "INSERT INTO spare VALUES ('items', 'DELETE FROM shop.items')",
                "INSERT INTO third.items VALUES (1)",
                "INSERT INTO spare VALUES (1) /* items */",
                "UPDATE spare AS s SET s.items = 1",
                "TRUNCATE TABLE items",
                "DROP TABLE items",
                "CREATE TABLE items (id int)",
                "CREATE TABLE items LIKE spare",
                "CREATE DEFINER=`a`@`%` TRIGGER t BEFORE INSERT ON items FOR EACH ROW INSERT INTO items SELECT 1",
                "CREATE VIEW items2 AS SELECT * FROM items",
                "ALTER TABLE items ADD COLUMN `rename` int, DROP COLUMN `partition`",
                "ALTER TABLE items RENAME COLUMN a TO b, RENAME INDEX c TO d, RENAME KEY e TO f",
                "ALTER TABLE items ADD PARTITION (PARTITION p1 VALUES LESS THAN (10))",
                "ALTER TABLE items REMOVE PARTITIONING",
                "ALTER TABLE items COMMENT = 'DROP PARTITION p0'",
                "RENAME USER items TO spare",
                "DROP DATABASE spare",
                "GRANT SELECT ON items TO someone",
                "ANALYZE TABLE items",
                "OPTIMIZE TABLE items"
            })
    void namesNoTableIfNoRowIsMissing(String sql) {
        assertThat(tables(sql, "shop")).isEmpty();
    }

    @Test
    void aNameAloneIsOfTheDefaultDatabase() {
        assertThat(tables("DELETE FROM items", "other")).containsExactly(OTHER);
        assertThat(tables("DELETE FROM items", "")).isEmpty();
        assertThat(tables("DELETE FROM items", null)).isEmpty();
        assertThat(tables("DELETE FROM shop.items", "other")).containsExactly(ITEMS);
    }

    @Test
    void aQuotedNameMayHoldAnything() {
        assertThat(tables("DELETE FROM `shop`.`order lines`", "")).containsExactly(LINES);
        assertThat(tables("DELETE FROM `shop`.`order``lines`", "")).isEmpty();
    }

    @Test
    void aDroppedDatabaseTakesItsTables() {
        assertThat(tables("DROP DATABASE IF EXISTS `shop`", "other")).containsExactlyInAnyOrder(ITEMS, LINES);
        assertThat(tables("DROP SCHEMA other", "")).containsExactly(OTHER);
    }

    @Test
    void whatAFunctionChangesMayBeAnyTable() {
        assertThat(tables("SELECT `shop`.`f`()", "")).isEqualTo(CAPTURED);
        assertThat(tables("DO f()", "shop")).isEqualTo(CAPTURED);
    }

    @Test
    void aRollbackTakesBackTheRowsOfItsTransaction() {
        var statement = parse("ROLLBACK", "shop", false);

        assertThat(statement.tables(CAPTURED, Set.of(LINES))).containsExactly(LINES);
    }

    @Test
    void aStatementThatCannotBeReadMayChangeAnyTable() {
        assertThat(tables("DELETE FROM spare WHERE name = 'open", "shop")).isEqualTo(CAPTURED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INSERT INTO items VALUES ('secret')", "/* secret */ INSERT INTO items SELECT 'secret'"})
    void whatHappenedHoldsNoValue(String sql) {
        assertThat(parse(sql, "shop", false).what()).isEqualTo("INSERT as a statement instead of rows (binlog_format)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"TRUNCATE items", "TRUNCATE TABLE shop.items", "/* nightly */ truncate table `shop`.`items`"})
    void aTruncationEmptiesTheTableThatItNames(String sql) {
        BinlogStatement statement = parse(sql, "shop", true);

        assertThat(statement.truncated(CAPTURED)).containsExactly(ITEMS);
        assertThat(statement.defined(CAPTURED)).isEmpty();
        assertThat(statement.tables(CAPTURED, Set.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE items TRUNCATE PARTITION p0",
                "TRUNCATE spare",
                "TRUNCATE TABLE third.items",
                "DELETE FROM items",
                "BEGIN"
            })
    void nothingElseEmptiesATable(String sql) {
        assertThat(parse(sql, "shop", true).truncated(CAPTURED)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE items (id int)",
                "CREATE TABLE items LIKE spare",
                "CREATE UNIQUE INDEX i ON items (a)",
                "ALTER TABLE items ADD COLUMN a int",
                "ALTER TABLE spare RENAME TO items",
                "DROP INDEX i ON items",
                "RENAME TABLE spare TO items",
                "RENAME TABLE _items_gho TO items, items TO _items_del"
            })
    void aDefinitionIsOfTheTableThatItNames(String sql) {
        assertThat(parse(sql, "shop", true).defined(CAPTURED)).containsExactly(ITEMS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEGIN", "", "INSERT INTO items VALUES (1)", "TRUNCATE items", "DROP TABLE third.items"})
    void nothingElseDefinesATable(String sql) {
        assertThat(parse(sql, "shop", true).defined(CAPTURED)).isEmpty();
    }

    @Test
    void aDroppedDatabaseDropsItsTables() {
        assertThat(parse("DROP DATABASE shop", "", true).dropped(CAPTURED)).containsExactlyInAnyOrder(ITEMS, LINES);
    }

    @Test
    void aTableIsDroppedByItsName() {
        BinlogStatement drop = parse("DROP TABLE IF EXISTS shop.items, other.spare", "third", true);

        assertThat(drop.dropped(CAPTURED)).containsExactly(ITEMS);
        assertThat(drop.defined(CAPTURED)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TEMPORARY TABLE items",
                "DROP INDEX i ON items",
                "DROP VIEW items",
                "ALTER TABLE items DROP a"
            })
    void nothingElseDropsATable(String sql) {
        assertThat(parse(sql, "shop", true).dropped(CAPTURED)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO Items VALUES (1)",
                "TRUNCATE TABLE ITEMS",
                "ALTER TABLE Shop.items ADD COLUMN a int",
                "DROP DATABASE Shop"
            })
    void whereNamesAreExactAnotherCaseIsAnotherTable(String sql) {
        assertThat(touched(parse(sql, "shop", true))).isEmpty();
        assertThat(touched(parse(sql, "shop", false))).contains(ITEMS);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '#',
            value = {
                "1048576, #INSERT INTO spare VALUES ('\\'); -- items#, #INSERT INTO items VALUES ('\\', 'a')#",
                "4, #INSERT INTO \"spare\\\" VALUES (' items')#, #INSERT INTO \"items\" VALUES ('\\'')#",
                "1048580, #INSERT INTO \"spare\\\" VALUES ('\\')#, #INSERT INTO items (\"\\\") VALUES ('\\')#"
            })
    void backslashesAreReadAsTheSessionMeansThem(long sqlMode, String ofOthers, String ofItems) {
        assertThat(touched(BinlogStatement.parse(new Statement("shop", ofOthers, sqlMode), true)))
                .isEmpty();
        assertThat(touched(BinlogStatement.parse(new Statement("shop", ofItems, sqlMode), true)))
                .containsExactly(ITEMS);
    }

    private static Set<TableId> touched(BinlogStatement statement) {
        Set<TableId> touched = new HashSet<>(statement.tables(CAPTURED, Set.of()));
        touched.addAll(statement.truncated(CAPTURED));
        touched.addAll(statement.defined(CAPTURED));
        return touched;
    }

    private static Set<TableId> tables(String sql, String database) {
        return parse(sql, database, false).tables(CAPTURED, Set.of());
    }

    private static BinlogStatement parse(String sql, String database, boolean exactNames) {
        return BinlogStatement.parse(new Statement(database, sql, 0), exactNames);
    }
}
