package floe.load;

import floe.change.UnfitChange;
import floe.letters.DeadLetter;
import floe.letters.DeadLetters;
import floe.progress.Work;
import floe.snowflake.TableUnready;
import floe.snowflake.TableWaits;
import floe.staging.StagedFile;
import floe.staging.StagedLine;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The call for one line, by a template of the configuration. */
public record RowCall(
        Origin origin, String sql, StagedFile file, StagedLine line, Map<String, Object> parameters, int nullDates)
        implements Call {

    public RowCall {
        // Not Map.copyOf: it allows no null, which here is NULL.
        parameters = Collections.unmodifiableMap(new HashMap<>(parameters));
    }

    @Override
    public String doing() {
        return "making its call for line " + line.number();
    }

    @Override
    public int rows() {
        return 1;
    }

    @Override
    public List<Call> halves() {
        return List.of();
    }

    /** Only Floe's own procedures tell; other answers mean nothing. */
    @Override
    public List<Work> leftOut(String answer) {
        Answer.unready(answer).ifPresent(why -> {
            throw new TableWaits(origin.table(), "The Snowflake table for " + origin.table() + " " + why);
        });
        return Answer.of(answer)
                .map(any -> List.<Work>copyOf(any.letters(file, index -> line)))
                .orElse(List.of());
    }

    /** Procedures of someone else's may depend on the order of all calls. */
    @Override
    public Optional<TableUnready> unready(Exception failure) {
        return Optional.empty();
    }

    @Override
    public DeadLetters refused(String message) {
        return new DeadLetters(file, List.of(DeadLetter.of(line, UnfitChange.Reason.REFUSED_VALUE, message)));
    }
}
