package floe.load;

import floe.change.UnfitChange;
import floe.letters.DeadLetter;
import floe.letters.DeadLetters;
import floe.progress.Work;
import floe.snowflake.Evolution;
import floe.staging.StagedFile;
import floe.staging.StagedLine;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The call that makes a Snowflake table follow the shape that one line tells of.
 *
 * @param answered is told what the procedure answered
 */
record ShapeCall(Origin origin, Evolution evolution, StagedFile file, StagedLine line, Consumer<String> answered)
        implements Call {

    @Override
    public String doing() {
        return "making " + evolution.table() + " follow the shape in line " + line.number();
    }

    @Override
    public int rows() {
        return 0;
    }

    @Override
    public int nullDates() {
        return 0;
    }

    @Override
    public String sql() {
        return evolution.sql();
    }

    @Override
    public Map<String, Object> parameters() {
        return evolution.parameters();
    }

    @Override
    public List<Call> halves() {
        return List.of();
    }

    @Override
    public List<Work> leftOut(String answer) {
        answered.accept(answer);
        return List.of();
    }

    @Override
    public DeadLetters refused(String message) {
        return new DeadLetters(file, List.of(DeadLetter.of(line, UnfitChange.Reason.REFUSED_VALUE, message)));
    }
}
