package local.soak;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import local.FloeProcess;
import local.http.RequestFault;
import local.mysql.MySqlFailed;
import local.mysql.MySqlServer;
import local.s3.S3Server;
import local.snowflake.wire.SnowflakeFaults;

/** What can be done to each part of the world. */
final class Strikes {

    private static final Duration TO_GET_READY = Duration.ofSeconds(20);
    private static final Pattern WRITES = Pattern.compile("UPDATE|MERGE|DELETE|COMMIT", Pattern.CASE_INSENSITIVE);

    private Strikes() {}

    /** The end of the application, and its start right afterwards. */
    static List<Strike> onFloe(FloeProcess floe, Random random) {
        return List.of(
                new Strike("Floe killed (SIGKILL)", 2, () -> {
                    floe.kill();
                    start(floe);
                }),
                new Strike("Floe killed while it starts", 1, () -> {
                    floe.kill();
                    floe.start();
                    Thread.sleep(random.nextInt(6_000));
                    floe.kill();
                    start(floe);
                }),
                new Strike("Floe stopped (SIGTERM)", 2, () -> {
                    if (!floe.stop()) {
                        throw new IllegalStateException("Floe did not end in time after SIGTERM");
                    }
                    start(floe);
                }));
    }

    /** Leaves it the time to get to work, unless something that it needs stays away. */
    private static void start(FloeProcess floe) throws Exception {
        floe.start();
        long giveUp = System.nanoTime() + TO_GET_READY.toNanos();
        while (!floe.isReady() && System.nanoTime() < giveUp) {
            Thread.sleep(200);
        }
    }

    static List<Strike> onMySql(MySqlServer mysql, Random random) {
        return List.of(
                new Strike("MySQL killed (SIGKILL)", 2, () -> {
                    mysql.kill();
                    Thread.sleep(random.nextInt(2_000));
                    mysql.start();
                }),
                new Strike("MySQL restarted", 1, () -> {
                    mysql.stop();
                    mysql.start();
                }),
                new Strike("MySQL binlog dump killed", 3, () -> killBinlogDump(mysql)),
                new Strike("MySQL binlog rotated", 3, mysql::rotateBinlog));
    }

    private static void killBinlogDump(MySqlServer mysql) {
        for (var dump :
                mysql.query("SELECT ID FROM information_schema.PROCESSLIST WHERE COMMAND LIKE 'Binlog Dump%'")) {
            try {
                mysql.execute("KILL " + dump.get("ID"));
            } catch (MySqlFailed e) {
                if (!String.valueOf(e.getMessage()).contains("Unknown thread id")) {
                    throw e;
                }
                // It has ended by itself meanwhile.
            }
        }
    }

    static List<Strike> onSnowflake(SnowflakeFaults snowflake, Random random) {
        return List.of(
                new Strike("Snowflake 429", 1, () -> snowflake.failNextRequests(RequestFault.THROTTLED, 1)),
                new Strike(
                        "Snowflake 503",
                        1,
                        () -> snowflake.failNextRequests(RequestFault.UNAVAILABLE, 1 + random.nextInt(5))),
                new Strike(
                        "Snowflake answer dropped",
                        1,
                        () -> snowflake.failNextRequests(RequestFault.DROPPED_AFTER_DOING, 1)),
                new Strike("Snowflake request dropped", 1, () -> snowflake.failNextRequests(RequestFault.DROPPED, 1)),
                new Strike("Snowflake sessions expired", 1, snowflake::expireSessions),
                new Strike("Snowflake sessions lost", 1, snowflake::forgetSessions),
                new Strike("Snowflake transaction aborted", 1, () -> abortTransaction(snowflake)),
                new Strike("Snowflake to die in a CALL", 3, () -> dieInCall(snowflake, random)));
    }

    private static void abortTransaction(SnowflakeFaults snowflake) {
        snowflake.failNext(
                1, sql -> sql.startsWith("MERGE"), 625, "57014", "Statement aborted: the transaction was aborted");
    }

    /** At any of the statements of the next procedures that write. */
    private static void dieInCall(SnowflakeFaults snowflake, Random random) {
        AtomicInteger survived = new AtomicInteger(random.nextInt(6));
        snowflake.dieAt(
                sql -> WRITES.matcher(sql).lookingAt() && survived.getAndDecrement() == 0,
                Duration.ofMillis(random.nextInt(3_000)));
    }

    static List<Strike> onS3(S3Server s3) {
        return List.of(
                new Strike("S3 request to time out", 1, () -> s3.faults().failNextRequests(RequestFault.UNANSWERED, 1)),
                new Strike("S3 answer to time out", 1, () -> s3.faults()
                        .failNextRequests(RequestFault.UNANSWERED_AFTER_DOING, 1)));
    }
}
