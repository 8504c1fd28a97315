package floe.graal;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.kinesis.Kinesis2Endpoint;

/** Floe reads no stream: without its consumers the component does not want the Kinesis Client Library. */
@TargetClass(Kinesis2Endpoint.class)
final class KinesisEndpoint {

    private KinesisEndpoint() {}

    @Substitute
    @SuppressWarnings("DoNotCallSuggester") // The one who calls it knows the method that it takes the place of.
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("A native executable of Floe does not read from Kinesis");
    }
}
