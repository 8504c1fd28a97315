package floe.progress;

import floe.aws.AwsRefusal;
import floe.snowflake.Failures;
import floe.snowflake.WarehouseUnwell;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.camel.util.ObjectHelper;
import software.amazon.awssdk.core.exception.SdkException;

/** Why something could not be done, in one line for an operator; repeats no value of any row. */
final class Reason {

    private Reason() {}

    static String of(Throwable failure) {
        WarehouseUnwell unwell = find(WarehouseUnwell.class, failure);
        if (unwell != null) {
            return unwell.getMessage();
        }
        SQLException sql = find(SQLException.class, failure);
        if (sql != null) {
            return Failures.explain(sql);
        }
        Optional<String> refusal = AwsRefusal.of(failure);
        if (refusal.isPresent()) {
            return "S3 answered " + refusal.get();
        }
        SdkException unreachable = find(SdkException.class, failure);
        if (unreachable != null) {
            return "S3 cannot be used: " + unreachable.getMessage();
        }
        UncheckedIOException unreadable = find(UncheckedIOException.class, failure);
        if (unreadable != null) {
            return "The file cannot be read: " + unreadable.getCause().getMessage();
        }
        Error error = find(Error.class, failure);
        return "An unexpected " + (error == null ? failure : error).getClass().getName();
    }

    /** What becomes of a table for this failure of its call: it is set aside where only an operator can mend it. */
    static TableState state(Throwable failure) {
        SQLException sql = find(SQLException.class, failure);
        return sql != null && Failures.isMissing(sql) ? TableState.SET_ASIDE : TableState.WAITING;
    }

    /** The failure itself if nobody foresaw it, for its stack trace; null if {@link #of} says all there is to say. */
    static Throwable traceOf(Throwable failure) {
        return of(failure).startsWith("An unexpected") ? failure : null;
    }

    private static <T extends Throwable> T find(Class<T> type, Throwable failure) {
        return ObjectHelper.getException(type, failure);
    }
}
