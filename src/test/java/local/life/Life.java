package local.life;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import local.Tally;
import local.mysql.MySqlServer;
import local.tables.Catalog;
import local.tables.Table;

/**
 * A random life of the {@link Schemas}: several sessions change rows in transactions, while definitions change.
 *
 * <p>It goes in rounds. Within one all sessions work at the same time, and a definition that changes is that of a table which
 * nobody else uses. What is said depends on the seed and on how the tables are defined when the round begins, never on
 * rows or time, so that one seed gives one sequence of statements. What comes of them may differ.
 *
 * <p>For one thread.
 */
public final class Life implements AutoCloseable {

    private static final String ZONE = "SET time_zone = '+00:00', innodb_lock_wait_timeout = 5, lock_wait_timeout = 60";

    /** Zero and invalid dates pass, values that do not fit are refused. */
    private static final String STRICT =
            "SET sql_mode = 'STRICT_TRANS_TABLES,ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO'";

    /** Values that do not fit are cut. */
    private static final String LAX = "SET sql_mode = 'ALLOW_INVALID_DATES'";

    /** A DELETE with an alias needs any, and statements that name their schemas are to be read as such. */
    private static final String DATABASE = "USE cms";

    private static final String REPEATABLE_READ = "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ";
    private static final String READ_COMMITTED = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";
    private static final int TRANSACTIONS = 6;
    private static final Pattern DOT = Pattern.compile("\\.");

    private final StatementLog log;
    private final Tally refusals = new Tally();
    private final Tally changes = new Tally();
    private final Session definer;
    private final List<Session> sessions = new ArrayList<>();
    private final List<Random> randoms = new ArrayList<>();
    private final ExecutorService threads;
    private final Definitions definitions;
    private final Map<String, List<String>> said = new HashMap<>();
    private final long filled;
    private List<Table> tables;
    private long round;

    /**
     * Creates the schemas with their rows.
     *
     * @param log where all statements but those of the first rows are written
     */
    public Life(MySqlServer server, LifeSettings settings, Path log) throws SQLException, IOException {
        this.log = new StatementLog(log);
        Random random = new Random(settings.seed());
        definer = new Session("definitions", server, refusals, ZONE, LAX);
        Schemas.create(definer.connection(), settings.cascades());
        definer.run(List.of(LAX, DATABASE));
        tables = read();
        Filling.fill(definer, tables, settings.rows(), random.nextLong());
        filled = definer.statements();
        definer.taken();
        definitions = new Definitions(settings, new Random(random.nextLong()), version(server));
        for (int i = 1; i <= settings.sessions(); i++) {
            String mode = i % 2 == 0 ? LAX : STRICT;
            String isolation = i == 1 ? REPEATABLE_READ : READ_COMMITTED;
            sessions.add(new Session("session " + i, server, refusals, ZONE, DATABASE, mode, isolation));
            randoms.add(new Random(random.nextLong()));
        }
        threads = Executors.newFixedThreadPool(settings.sessions() + 1);
    }

    /** Such as 80012. */
    private static int version(MySqlServer server) {
        int number = 0;
        for (String part : DOT.split(server.value("SELECT REGEXP_SUBSTR(VERSION(), '^[0-9.]+')"), -1)) {
            number = number * 100 + Integer.parseInt(part);
        }
        return number;
    }

    /** Lives for a moment: some transactions of each session, and perhaps a change of a definition. */
    public void round() throws Exception {
        run(definitions.next(tables));
    }

    /** Ends what was begun and takes several rounds. */
    public void comeToRest() throws Exception {
        while (!definitions.areAtRest()) {
            run(definitions.step());
        }
    }

    private void run(Definitions.Step step) throws Exception {
        round++;
        List<Table> free = step == null
                ? tables
                : tables.stream()
                        .filter(table -> !table.toString().equals(step.table()))
                        .toList();
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < sessions.size(); i++) {
            Transactions transactions = new Transactions(sessions.get(i), randoms.get(i), free);
            work.add(() -> transactions.run(TRANSACTIONS));
        }
        if (step != null) {
            changes.add(step.kind().toString());
            work.add(() -> {
                definer.run(step.statements());
                return null;
            });
        }
        for (Future<Void> done : threads.invokeAll(work)) {
            get(done);
        }
        for (Session session : sessions) {
            log.add(round, session.name(), session.taken());
        }
        if (step != null) {
            List<String> lines = definer.taken();
            log.add(round, definer.name() + ", " + step.kind(), lines);
            lines.forEach(sql -> definitionsOf(step.table()).add("round " + round + ", " + step.kind() + ": " + sql));
            tables = read();
        }
    }

    private static void get(Future<Void> done) throws Exception {
        try {
            done.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** All tables, as they are now. */
    public List<Table> tables() {
        return tables;
    }

    private List<Table> read() throws SQLException {
        return definer.answer(connection -> Catalog.read(connection, Schemas.NAMES))
                .tables();
    }

    /** What was said of the definition of a table, or of one that was made of it, by schema and name. */
    public List<String> definitionsOf(String table) {
        return said.computeIfAbsent(table, any -> new ArrayList<>());
    }

    /** Statements that were said to MySQL since the beginning of the life. */
    public long statements() {
        return sessions.stream().mapToLong(Session::statements).sum() + definer.statements() - filled;
    }

    /** Rows that statements changed, those that were rolled back later among them. */
    public long rows() {
        return sessions.stream().mapToLong(Session::rows).sum();
    }

    /** Statements that MySQL left without an answer. */
    public long brokenOff() {
        return sessions.stream().mapToLong(Session::brokenOff).sum() + definer.brokenOff();
    }

    /** How many statements MySQL refused, by error and verb. */
    public Map<String, Long> refusals() {
        return refusals.counts();
    }

    /** How many steps of changes of definitions there were, by kind. */
    public Map<String, Long> changes() {
        return changes.counts();
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        sessions.forEach(Session::close);
        definer.close();
        log.close();
    }
}
