package floe.aws;

import java.util.Optional;
import org.apache.camel.util.ObjectHelper;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What a service of AWS says when it refuses a request. */
public final class AwsRefusal {

    private AwsRefusal() {}

    /** The code and the message of the refusal that {@code failure} is or is caused by; nothing if no service answered. */
    public static Optional<String> of(Throwable failure) {
        return Optional.ofNullable(ObjectHelper.getException(AwsServiceException.class, failure))
                .map(AwsServiceException::awsErrorDetails)
                .map(details -> details.errorCode() + ": " + details.errorMessage());
    }
}
