package floe.load;

import floe.change.TableId;
import floe.letters.DeadLetters;
import floe.progress.Work;
import floe.snowflake.Failures;
import floe.snowflake.TableUnready;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.util.ObjectHelper;

/** One call of a procedure. */
public sealed interface Call extends Work permits TableBatch, RowCall, ShapeCall {

    /** The variable of an exchange that holds the call it makes. */
    String VARIABLE = "call";

    /** Where its changes come from. */
    Origin origin();

    @Override
    default Optional<TableId> source() {
        return Optional.of(origin().table());
    }

    /** How many changes it applies, from 0. */
    int rows();

    /** How many dates that are none, such as 0000-00-00, it writes as NULL. */
    int nullDates();

    /** The statement, with a named parameter {@code :?name} for each value. */
    String sql();

    /** The values by name; null stands for NULL. */
    Map<String, Object> parameters();

    /** Two calls that do the same when made in this order; empty if there is nothing to halve. */
    List<Call> halves();

    /**
     * What is still to be done for a call that was made: dead letters of the changes that its procedure did not
     * apply, though it could, and calls for those that these had made needless.
     *
     * @param answer what the procedure returned; null for nothing
     * @throws floe.snowflake.TableUnready if that is no answer of this Floe's procedure
     */
    List<Work> leftOut(String answer);

    /**
     * What its table lacks, if that is why the call failed and no other call of the file depends on it; nothing
     * otherwise.
     *
     * @param failure null for none
     */
    default Optional<TableUnready> unready(Exception failure) {
        TableUnready unready = ObjectHelper.getException(TableUnready.class, failure);
        if (unready != null) {
            return Optional.of(unready);
        }
        return Optional.ofNullable(ObjectHelper.getException(SQLException.class, failure))
                .filter(Failures::isMissing)
                .map(missing -> new TableUnready(
                        origin().table(),
                        "The Snowflake table for " + origin().table() + ": " + Failures.explain(missing)));
    }

    /**
     * What to keep of a call that was refused for its data.
     *
     * @param message what the warehouse said
     * @throws IllegalStateException if the call is not of one line
     */
    DeadLetters refused(String message);
}
