package local.runner;

import java.util.concurrent.Callable;
import picocli.CommandLine;

/** One stand-in that runs until Ctrl+C. */
abstract class StandIn implements Callable<Integer> {

    @Override
    public final Integer call() throws Exception {
        try (AutoCloseable running = start()) {
            awaitEnd(running);
        }
        return CommandLine.ExitCode.OK;
    }

    /** Starts it, and tells how it is reached. */
    abstract AutoCloseable start() throws Exception;

    /** Returns if it ends by itself. */
    void awaitEnd(AutoCloseable running) throws InterruptedException {
        Thread.currentThread().join();
    }

    @SuppressWarnings("SystemOut")
    static void tell(String format, Object... values) {
        System.out.printf(format, values);
    }
}
