package floe.snapshot;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import local.mysql.MySqlServer;
import local.mysql.MySqlSettings;
import local.mysql.NewerMySql;

/** The same on a newer MySQL, where one can be had. */
class TableChunksNewerTest extends TableChunksTest {

    @Override
    MySqlServer server() {
        NewerMySql newer = NewerMySql.find();
        assumeTrue(newer.isThere(), newer.about());
        return newer.server(MySqlSettings.defaults());
    }
}
