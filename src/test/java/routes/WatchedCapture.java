package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import floe.change.Change;
import floe.change.RowChange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/** A capture that runs, with one table more than it is there for: what was written before a row of that has arrived too. */
final class WatchedCapture implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String MARKS = "watched.marks";
    private static final Pattern DIVERGED = Pattern.compile("(?m)^(\\S+) has diverged: (.*), last at ");

    private final CaptureWorld world;
    private final Path state;
    private final CamelMainApplication floe;

    /** Starts it, and returns once its snapshot is over and the binlog is read. */
    WatchedCapture(CaptureWorld world, Path state, String tables, String... settings) throws Exception {
        this.world = world;
        this.state = state;
        world.mysql.execute(
                "CREATE DATABASE IF NOT EXISTS watched",
                "CREATE TABLE IF NOT EXISTS " + MARKS + " (id INT AUTO_INCREMENT PRIMARY KEY)");
        this.floe = world.capture(tables + "," + MARKS, settings);
        try {
            await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(
                            Files.readString(state.resolve("state.json")))
                    .contains("\"snapshots\":[]"));
        } catch (Throwable e) {
            String reason = health("capture").getMessage().orElse("no reason");
            floe.close();
            throw new AssertionError("Capture has not begun: " + reason, e);
        }
        awaitAll();
    }

    /** Runs statements in one session, and returns when all of them have arrived. */
    void run(String... statements) throws SQLException {
        session(statements);
        awaitAll();
    }

    /** Runs statements in one session. */
    void session(String... statements) throws SQLException {
        try (Connection session = world.mysql.connection();
                Statement statement = session.createStatement()) {
            statement.execute("SET time_zone = '+00:00'");
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Returns when all that was committed before has arrived and is saved. */
    void awaitAll() {
        world.mysql.execute("INSERT INTO " + MARKS + " VALUES ()");
        int last = Integer.parseInt(world.mysql.value("SELECT MAX(id) FROM " + MARKS));
        try {
            await().atMost(SOON).until(() -> rows(MARKS).stream()
                    .anyMatch(row -> row.image().path("id").asInt() == last));
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "Capture does not go on: " + health("capture").getMessage().orElse("no reason"), e);
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(health("capture").getState()).isEqualTo(HealthCheck.State.UP));
    }

    /** The changes of a table's rows, in the order of their positions: the lanes of a stream have no order among them. */
    List<RowChange> rows(String table) {
        return world.rowChanges().stream()
                .filter(row -> row.table().toString().equals(table))
                .sorted(Comparator.comparing(RowChange::position))
                .toList();
    }

    /** All that arrived of a table, in the order of its positions. */
    List<Change> changes(String table) {
        return world.changes().stream()
                .filter(change -> change.table().toString().equals(table))
                .sorted(Comparator.comparing(Change::position))
                .toList();
    }

    /** The row with this id as it arrived last. */
    ObjectNode row(String table, int id) {
        return rows(table).stream()
                .map(RowChange::image)
                .filter(image -> image.path("id").asInt() == id)
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("No row " + id + " of " + table + " has arrived"));
    }

    /** What health names as diverged, each as table and reason. */
    List<String> diverged() {
        return DIVERGED.matcher(health("diverged-tables").getMessage().orElse(""))
                .results()
                .map(entry -> entry.group(1) + ": " + entry.group(2))
                .toList();
    }

    /** What health names as diverged of one table. */
    List<String> diverged(String table) {
        return diverged().stream()
                .filter(entry -> entry.startsWith(table + ": "))
                .toList();
    }

    HealthCheck.Result health(String check) {
        return HealthCheckHelper.invokeReadiness(floe.camel()).stream()
                .filter(result -> result.getCheck().getId().equals(check))
                .findFirst()
                .orElseThrow();
    }

    Path state() {
        return state;
    }

    @Override
    public void close() {
        floe.close();
    }
}
