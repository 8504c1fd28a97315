package floe.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

class ReasonTest {

    @Test
    void whatWasForeseenSpeaksForItselfHoweverDeepItLies() {
        RuntimeException failure = new IllegalStateException("wrapped", new CaptureFailed("The state cannot be saved"));

        assertThat(Reason.of(failure)).isEqualTo("The state cannot be saved");
        assertThat(Reason.traceOf(failure)).isNull();
    }

    @Test
    void whatAwsRefusesIsToldWithItsCode() {
        RuntimeException failure = new IllegalStateException(S3Exception.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("S3")
                        .errorCode("NoSuchBucket")
                        .errorMessage("The bucket does not exist")
                        .build())
                .build());

        assertThat(Reason.of(failure)).isEqualTo("S3 answered NoSuchBucket: The bucket does not exist");
        assertThat(Reason.traceOf(failure)).isNull();
    }

    @Test
    void ofWhatNobodyForesawTheClassIsToldAndTheTraceIsKept() {
        RuntimeException failure = new IllegalStateException("wrapped", new NumberFormatException("Ann O'Neil"));

        assertThat(Reason.of(failure)).isEqualTo("An unexpected java.lang.NumberFormatException");
        assertThat(Reason.traceOf(failure)).isSameAs(failure);
    }
}
