package floe.aws;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.component.aws2.kinesis.Kinesis2Endpoint;
import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;
import org.apache.camel.component.aws2.sqs.Sqs2Endpoint;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The clients of Camel's AWS components, with the region, the credentials and the addresses that these are configured
 * with, for what the components' own operations cannot do.
 *
 * <p>A client is made at its first use and belongs to its endpoint, which closes it with the context. May be used by
 * several threads.
 */
public final class AwsClients implements CamelContextAware {

    private CamelContext camel;

    /** For the registry, which hands over the context before anybody can get this bean. */
    public AwsClients() {}

    /** For use outside of the registry. */
    public AwsClients(CamelContext camel) {
        this.camel = camel;
    }

    /** A client for {@code bucket}. */
    public S3Client s3(String bucket) {
        return camel.getEndpoint("aws2-s3://" + bucket, AWS2S3Endpoint.class).getS3Client();
    }

    /** A client for {@code stream}. */
    public KinesisClient kinesis(String stream) {
        Kinesis2Endpoint endpoint = camel.getEndpoint("aws2-kinesis:" + stream, Kinesis2Endpoint.class);
        endpoint.start();
        return endpoint.getClient();
    }

    /** A client for the queue of this URL. */
    public SqsClient sqs(String queueUrl) {
        return camel.getEndpoint("aws2-sqs://answered?queueUrl=RAW(" + queueUrl + ")", Sqs2Endpoint.class)
                .getClient();
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        camel = camelContext;
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }
}
