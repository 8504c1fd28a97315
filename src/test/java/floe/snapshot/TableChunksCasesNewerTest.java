package floe.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;
import local.mysql.NewerMySql;
import org.junit.jupiter.api.Test;

/** The same on a newer MySQL, where one can be had, and what 8.0.12 does not have. */
class TableChunksCasesNewerTest extends TableChunksCasesTest {

    @Override
    MySqlServer server() {
        NewerMySql newer = NewerMySql.find();
        assumeTrue(newer.isThere(), newer.about());
        return newer.server(MySqlSettings.defaults());
    }

    @Test
    void aKeyThatMySqlMadeItselfOrdersATable() throws Exception {
        table.run(
                "SET sql_generate_invisible_primary_key = ON",
                "CREATE TABLE t (a INT)",
                "SET sql_generate_invisible_primary_key = OFF",
                "INSERT INTO t VALUES (1), (1), (2), (NULL), (3), (4), (5), (6), (7)");

        table.assertReadsAll(new Random(1));
    }

    @Test
    void invisibleColumnsAndIndexesOfExpressionsAreNoHindrance() throws Exception {
        table.run(
                "CREATE TABLE t (a INT, k INT NOT NULL INVISIBLE, b VARCHAR(20), UNIQUE KEY a3 (k),"
                        + " UNIQUE KEY a1 ((a + 1)), UNIQUE KEY a2 (k) INVISIBLE, UNIQUE KEY a4 (k, (a * 2)))",
                "INSERT INTO t (a, k, b) VALUES (1, 1, 'x'), (2, 2, 'x'), (3, 3, 'x'), (4, 4, 'x'), (5, 5, 'x')");

        table.assertReadsAll(new Random(1));

        assertThat(table.chunks()
                        .next(table.reading(), Place.BEGINNING, ChunkSize.FIRST)
                        .next()
                        .order())
                .isEqualTo("a3 `k`");
    }
}
