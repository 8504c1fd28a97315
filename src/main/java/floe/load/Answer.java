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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * What a procedure of Floe's answers to a call; apply.sql describes the form.
 *
 * @param refused which changes of the call it did not apply, by their index, as they are too old
 * @param unfit which it did not apply as a column cannot hold their values
 * @param openSnapshots how many snapshots of the table have begun and not ended; -1 if the procedure knows of none, being
 *     that of an earlier Floe
 * @param openSeconds how long ago the first of these was told of; 0 without one
 */
public record Answer(List<Integer> refused, List<Misfit> unfit, int openSnapshots, long openSeconds) {

    /**
     * Changes that do not fit for the same reason.
     *
     * @param column the name and the type of the column that cannot hold their values
     * @param changes by their index
     */
    public record Misfit(String column, List<Integer> changes) {

        /** Why they are dead letters. */
        String message() {
            int space = column.lastIndexOf(' ');
            return "The column " + column.substring(0, Math.max(0, space)) + " cannot hold its value, which is no "
                    + column.substring(space + 1);
        }
    }

    private static final String TOO_OLD = "The row is not there, and the change is below the table's horizon:"
            + " deletes of that age were purged, so it cannot be told whether the row was deleted since. If it was not, only a new snapshot of the table brings it";

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * The text that a call returned.
     *
     * @param rows what camel-jdbc makes of it: one row with one column
     * @return null if it is none
     */
    public static String text(Object rows) {
        return rows instanceof List<?> some && !some.isEmpty() && some.get(0) instanceof Map<?, ?> row && !row.isEmpty()
                ? String.valueOf(row.values().iterator().next())
                : null;
    }

    /** Reads an answer; nothing if a procedure of someone else's gave it. */
    static Optional<Answer> of(String text) {
        try {
            JsonNode answer = JSON.readTree(text == null ? "" : text);
            JsonNode indexes = answer.path("refused");
            if (!indexes.isArray()) {
                return Optional.empty();
            }
            List<Integer> refused = new ArrayList<>();
            indexes.forEach(index -> refused.add(index.intValue()));
            return Optional.of(new Answer(
                    refused,
                    misfits(answer.path("unfit")),
                    answer.path("snapshots").asInt(-1),
                    answer.path("age").asLong()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Why a procedure of Floe's applied nothing, as nearly all changes are unfit; empty if that is not so. */
    static List<Misfit> misfits(String text) {
        try {
            return misfits(JSON.readTree(text == null ? "" : text).path("misfits"));
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    /** From {@code [[[column], index, ..], ..]}. */
    private static List<Misfit> misfits(JsonNode json) {
        List<Misfit> misfits = new ArrayList<>();
        for (JsonNode one : json) {
            List<Integer> changes = new ArrayList<>();
            for (int i = 1; i < one.size(); i++) {
                changes.add(one.path(i).intValue());
            }
            misfits.add(new Misfit(one.path(0).path(0).asText(), changes));
        }
        return misfits;
    }

    /** Why a procedure of Floe's did nothing, as its table cannot take changes now; nothing if it did. */
    static Optional<String> unready(String text) {
        try {
            JsonNode why = JSON.readTree(text == null ? "" : text).path("unready");
            return why.isTextual() ? Optional.of(why.textValue()) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** How many changes are unfit. */
    int misfits() {
        return unfit.stream().mapToInt(one -> one.changes().size()).sum();
    }

    /** Whether the procedure takes in what is told of snapshots. */
    boolean tellsOfSnapshots() {
        return openSnapshots >= 0;
    }

    /**
     * What to keep of the lines whose changes were not applied, each line once.
     *
     * @param lines those of the call's changes, by their index
     */
    List<DeadLetters> letters(StagedFile file, IntFunction<StagedLine> lines) {
        Map<Long, DeadLetter> letters = new TreeMap<>();
        for (int index : refused) {
            StagedLine line = lines.apply(index);
            letters.put(line.number(), DeadLetter.of(line, UnfitChange.Reason.BELOW_HORIZON, TOO_OLD));
        }
        for (Misfit misfit : unfit) {
            for (int index : misfit.changes()) {
                StagedLine line = lines.apply(index);
                letters.put(line.number(), DeadLetter.of(line, UnfitChange.Reason.REFUSED_VALUE, misfit.message()));
            }
        }
        return DeadLetters.of(file, letters.values());
    }
}
