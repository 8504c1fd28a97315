package floe.snowflake;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a failure of the warehouse means, told by vendor code and SQLSTATE, never by text.
 *
 * <table>
 * <caption>How failures are classified</caption>
 * <tr><th>code</th><th>SQLSTATE</th><th>meaning</th><th>kind</th></tr>
 * <tr><td>100035, 100040, 100041</td><td>22007</td><td>not a timestamp, date, time</td><td>unfit</td></tr>
 * <tr><td>100037, 100038</td><td>22018</td><td>not a boolean, not a number</td><td>unfit</td></tr>
 * <tr><td>100039, 100046</td><td>22003</td><td>number out of range</td><td>unfit</td></tr>
 * <tr><td>100069</td><td>22P02</td><td>not JSON</td><td>unfit</td></tr>
 * <tr><td>100071, 100072, 100078</td><td>22000</td><td>cannot be cast, NULL in NOT NULL, too long</td><td>unfit</td></tr>
 * <tr><td>100000 to 100999</td><td>22xxx</td><td>any other refusal of a value</td><td>unfit</td></tr>
 * <tr><td>904, 2003, 2043, 2140</td><td>42xxx, 02000</td><td>an object that is missing or not granted</td><td>unwell</td></tr>
 * <tr><td>3001</td><td>42501</td><td>a missing privilege</td><td>unwell</td></tr>
 * <tr><td>604, 606, 625, 630</td><td>57xxx</td><td>cancelled, no warehouse, aborted, timed out</td><td>unwell</td></tr>
 * <tr><td>90xxx</td><td>22000, 57xxx</td><td>the session's warehouse, database or schema</td><td>unwell</td></tr>
 * <tr><td>390xxx</td><td>08001, XX000</td><td>login and session</td><td>unwell</td></tr>
 * <tr><td>any other</td><td>any</td><td>connection, throttling, what nobody foresaw</td><td>unwell</td></tr>
 * </table>
 *
 * <p>SQLSTATE class 22 alone decides nothing: 90105/22000 says that the session has no database, and the driver's own
 * failures (200001 and above) bear 22000 too.
 */
public final class Failures {

    private static final Set<Integer> REFUSED_VALUES =
            Set.of(100035, 100037, 100038, 100039, 100040, 100041, 100046, 100069, 100071, 100072, 100078);

    private static final String SET_UP = "an object is missing or not granted to the role; run 'floe setup'";

    private static final Map<Integer, String> KNOWN = Map.of(
            604, "the statement was cancelled",
            606, "no warehouse is active; see the setting snowflake.warehouse and the role's grants",
            625, "another transaction aborted this one",
            630, "the statement took longer than allowed",
            904, "the procedure and its table differ; run 'floe setup'",
            2003, SET_UP,
            2043, SET_UP,
            2140, SET_UP,
            3001, "the role lacks a privilege");

    private static final Set<Integer> MISSING = Set.of(904, 2003, 2043, 2140, 3001);

    private Failures() {}

    /** Whether the data is unfit, so that trying again cannot help. Everything else is the warehouse being unwell. */
    public static boolean isUnfit(SQLException failure) {
        int code = failure.getErrorCode();
        String state = failure.getSQLState();
        return REFUSED_VALUES.contains(code)
                || (code >= 100_000 && code <= 100_999 && state != null && state.startsWith("22"));
    }

    /** Whether an object is missing, or not granted: nothing mends that but an operator. */
    public static boolean isMissing(SQLException failure) {
        return MISSING.contains(mostTelling(failure).getErrorCode());
    }

    /** What happened and the way out, in one line that repeats no value of any row. */
    public static String explain(SQLException failure) {
        SQLException told = mostTelling(failure);
        int code = told.getErrorCode();
        String state = told.getSQLState() == null ? "no SQLSTATE" : told.getSQLState();
        String meaning = KNOWN.get(code);
        if (meaning != null) {
            meaning += " (" + oneLine(told) + ")";
        } else if (isAboutTheSession(code, state)) {
            meaning = oneLine(told);
        }
        return String.format(
                Locale.ROOT,
                "Snowflake answered %06d (%s)%s",
                code,
                state,
                meaning == null ? isUnfit(told) ? ": it refused a value" : "" : ": " + meaning);
    }

    /** Connection, login, session and warehouse: failures that happen before any row is looked at. */
    private static boolean isAboutTheSession(int code, String state) {
        return state.startsWith("08") || state.startsWith("28") || code / 1000 == 390 || code / 1000 == 90;
    }

    private static SQLException mostTelling(SQLException failure) {
        SQLException told = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException deeper && deeper.getErrorCode() != 0) {
                told = deeper;
            }
        }
        return told;
    }

    private static String oneLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).replaceAll("\\s+", " ").strip();
    }
}
