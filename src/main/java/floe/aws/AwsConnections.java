package floe.aws;

import floe.settings.Loopback;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That connections to AWS are encrypted and verified. The AWS SDK does both unless the options of the Camel components
 * say otherwise; only a stand-in may be spoken to without.
 */
public final class AwsConnections {

    private static final Logger LOG = LoggerFactory.getLogger(AwsConnections.class);
    private static final List<String> COMPONENTS = List.of("aws2-kinesis", "aws2-s3", "aws2-sqs");

    private AwsConnections() {}

    /**
     * Warns of those that are not.
     *
     * @throws WrongSetting if one would trust any certificate, or speak to AWS itself in the clear
     */
    public static void check(Settings settings) {
        for (String component : COMPONENTS) {
            String prefix = "camel.component." + component + ".";
            String trustAll = prefix + "trust-all-certificates";
            if (settings.optional(trustAll).filter(Boolean::parseBoolean).isPresent()) {
                throw new WrongSetting(trustAll, "true", "false: anybody could pose as AWS");
            }
            String endpoint = prefix + "uri-endpoint-override";
            settings.optional(endpoint).ifPresent(address -> checkEndpoint(endpoint, address));
        }
    }

    private static void checkEndpoint(String key, String address) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException e) {
            throw new WrongSetting(
                    key, address, "an address such as https://vpce-0123.s3.eu-central-1.vpce.amazonaws.com");
        }
        String host = Optional.ofNullable(uri.getHost()).orElse("");
        if (!"http".equalsIgnoreCase(uri.getScheme()) || Loopback.is(host)) {
            return;
        }
        if (host.endsWith(".amazonaws.com") || host.endsWith(".amazonaws.com.cn") || host.endsWith(".api.aws")) {
            throw new WrongSetting(key, address, "an address that begins with https://");
        }
        LOG.warn(
                "The setting {} holds http://: who stands between Floe and {} can read and change what passes; use https://",
                key,
                host);
    }
}
