package floe.capture;

import org.apache.camel.util.ObjectHelper;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Why capture could not go on, in one line for an operator; repeats no value of any row. */
final class Reason {

    private static final String UNEXPECTED = "An unexpected ";

    private Reason() {}

    static String of(Throwable failure) {
        CaptureFailed foreseen = ObjectHelper.getException(CaptureFailed.class, failure);
        if (foreseen != null) {
            return foreseen.getMessage();
        }
        AwsServiceException refused = ObjectHelper.getException(AwsServiceException.class, failure);
        if (refused != null && refused.awsErrorDetails() != null) {
            return refused.awsErrorDetails().serviceName() + " answered "
                    + refused.awsErrorDetails().errorCode() + ": "
                    + refused.awsErrorDetails().errorMessage();
        }
        SdkException unreachable = ObjectHelper.getException(SdkException.class, failure);
        return unreachable == null
                ? UNEXPECTED + deepest(failure).getClass().getName()
                : "AWS cannot be used: " + unreachable.getMessage();
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
