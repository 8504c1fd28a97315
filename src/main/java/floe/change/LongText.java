package floe.change;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;

/**
 * JSON whose strings may be longer than the 20,000,000 characters that Jackson reads by default. How long a line may be is
 * settled where it comes from: by MySQL's {@code max_allowed_packet}, and by the setting {@code load.line-bytes}.
 */
public final class LongText {

    private LongText() {}

    /** A factory of its own for each caller, which may configure it further. */
    public static JsonFactory json() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }
}
