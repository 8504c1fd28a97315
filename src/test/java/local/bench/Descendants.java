package local.bench;

import java.util.List;

/** The processes that this one started, and those that they started. */
final class Descendants {

    private Descendants() {}

    /** Has none of them outlive this process where it ends by SIGTERM, by Ctrl+C or by itself. */
    static void endWithThisProcess() {
        Runtime.getRuntime().addShutdownHook(new Thread(Descendants::end, "descendants-end"));
    }

    /** Again until there are none: another thread may start one meanwhile. */
    private static void end() {
        List<ProcessHandle> running = running();
        while (!running.isEmpty()) {
            running.forEach(ProcessHandle::destroyForcibly);
            running.forEach(process -> process.onExit().join());
            running = running();
        }
    }

    private static List<ProcessHandle> running() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .toList();
    }
}
