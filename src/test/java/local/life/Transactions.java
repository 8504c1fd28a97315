package local.life;

import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import local.tables.Table;

/** What one session does in a round: transactions with savepoints and rollbacks, and statements on their own. */
final class Transactions {

    private final Session session;
    private final Random random;
    private final List<Table> tables;
    private final Dml dml;

    /** @param tables that may be used */
    Transactions(Session session, Random random, List<Table> tables) {
        this.session = session;
        this.random = random;
        this.tables = tables;
        this.dml = new Dml(random);
    }

    /** Takes so many transactions to their ends. */
    Void run(int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            if (random.nextInt(4) == 0) {
                statement();
            } else {
                transaction();
            }
        }
        return null;
    }

    private void transaction() throws SQLException {
        session.run("START TRANSACTION");
        statements();
        if (random.nextInt(3) == 0) {
            session.run("SAVEPOINT `a b`");
            statements();
            if (random.nextBoolean()) {
                session.run("ROLLBACK TO SAVEPOINT `a b`");
                statement();
            }
            if (random.nextInt(3) == 0) {
                session.run("RELEASE SAVEPOINT `a b`");
            }
        }
        session.run(random.nextInt(8) == 0 ? "ROLLBACK" : "COMMIT");
    }

    private void statements() throws SQLException {
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            statement();
        }
    }

    private void statement() throws SQLException {
        session.run(dml.statement(tables.get(random.nextInt(tables.size())), tables));
    }
}
