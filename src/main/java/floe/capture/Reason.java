package floe.capture;

import org.apache.camel.util.ObjectHelper;

/** Why capture could not go on, in one line for an operator: Floe's own words, and no value of any row. */
final class Reason {

    private static final String UNEXPECTED = "An unexpected ";

    private Reason() {}

    static String of(Throwable failure) {
        CaptureFailed foreseen = ObjectHelper.getException(CaptureFailed.class, failure);
        return foreseen == null ? UNEXPECTED + deepest(failure).getClass().getName() : foreseen.getMessage();
    }

    /** The failure itself if nobody foresaw it, for its stack trace; null if {@link #of} says all there is to say. */
    static Throwable traceOf(Throwable failure) {
        return of(failure).startsWith(UNEXPECTED) ? failure : null;
    }

    private static Throwable deepest(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return deepest;
    }
}
