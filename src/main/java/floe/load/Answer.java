package floe.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import floe.change.UnfitChange;
import floe.letters.DeadLetter;
import floe.letters.DeadLetters;
import floe.staging.StagedFile;
import floe.staging.StagedLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a procedure of Floe's answers to a call; apply.sql describes the form.
 *
 * @param refused which changes of the call it did not apply, by their index
 */
record Answer(List<Integer> refused) {

    private static final String TOO_OLD = "The row is not there, and the change is below the table's horizon:"
            + " deletes of that age were purged, so it cannot be told whether the row was deleted since";

    private static final JsonMapper JSON = new JsonMapper();

    /** Reads an answer; nothing if a procedure of someone else's gave it. */
    static Optional<Answer> of(String text) {
        try {
            JsonNode indexes = JSON.readTree(text == null ? "" : text).path("refused");
            if (!indexes.isArray()) {
                return Optional.empty();
            }
            List<Integer> refused = new ArrayList<>();
            indexes.forEach(index -> refused.add(index.intValue()));
            return Optional.of(new Answer(refused));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** What to keep of the lines whose changes were refused. */
    static List<DeadLetters> belowHorizon(StagedFile file, List<StagedLine> lines) {
        List<DeadLetter> letters = lines.stream()
                .map(line -> DeadLetter.of(line, UnfitChange.Reason.BELOW_HORIZON, TOO_OLD))
                .toList();
        return letters.isEmpty() ? List.of() : List.of(new DeadLetters(file, letters));
    }
}
