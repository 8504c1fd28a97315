package floe.change;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Up to which number the marks of a run of capture are stored, on each lane of the stream.
 *
 * @param run its identifier
 * @param numbers by lane, from the first one; 0 where there is none
 * @see RecordMark
 */
public record StoredMarks(
        @JsonProperty(required = true) String run, @JsonProperty(required = true) List<Long> numbers) {

    public StoredMarks {
        numbers = List.copyOf(numbers);
    }
}
