package local.sqs;

import java.util.function.Predicate;

/** What goes wrong: nothing, until asked for. May be changed while the server runs. */
public final class Faults {
    private Predicate<String> operations = operation -> false;
    private CallFault fault;

    Faults() {}

    /** Fails all calls of the operations that {@code which} accepts, such as ReceiveMessage. */
    public synchronized Faults failCalls(CallFault with, Predicate<String> which) {
        fault = with;
        operations = which;
        return this;
    }

    /** Ends all faults. */
    public synchronized Faults clear() {
        operations = operation -> false;
        return this;
    }

    synchronized CallFault of(String operation) {
        return operations.test(operation) ? fault : null;
    }
}
