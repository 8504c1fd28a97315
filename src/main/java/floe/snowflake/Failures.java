package floe.snowflake;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

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
 * <tr><td>904, 1044, 2003, 2043, 2140, 2141</td><td>42xxx, 02000</td><td>an object that is missing, not granted, or of
 *     another form: 2141 is a procedure by its whole name, 1044 one with other arguments</td><td>missing</td></tr>
 * <tr><td>3001</td><td>42501</td><td>a missing privilege</td><td>missing</td></tr>
 * <tr><td>100090</td><td>42P18</td><td>two changes for one row</td><td>too much</td></tr>
 * <tr><td>603, 300xxx</td><td>XX000</td><td>Snowflake failed within</td><td>too much</td></tr>
 * <tr><td>630</td><td>57014</td><td>took longer than allowed</td><td>too much</td></tr>
 * <tr><td>604, 606, 625</td><td>57xxx</td><td>cancelled, no warehouse, too many waiters</td><td>unwell</td></tr>
 * <tr><td>90xxx</td><td>22000, 57xxx</td><td>the session's warehouse, database or schema</td><td>unwell</td></tr>
 * <tr><td>390xxx to 399xxx</td><td>08001, XX000</td><td>login and session</td><td>unwell</td></tr>
 * <tr><td>200xxx, 25xxxx, 290000</td><td>any</td><td>the driver's own</td><td>unwell</td></tr>
 * <tr><td>any other</td><td>any</td><td>connection, throttling, what nobody foresaw</td><td>unwell</td></tr>
 * </table>
 *
 * <p>SQLSTATE class 22 alone decides nothing: 90105/22000 says that the session has no database, and the driver's own
 * failures (200001 and above) bear 22000 too.
 */
public final class Failures {

    /** INVALID_OR_UNSUPPORTED_PRIVATE_KEY of the driver. */
    static final int WRONG_KEY = 200_045;

    private static final Set<Integer> REFUSED_VALUES =
            Set.of(100035, 100037, 100038, 100039, 100040, 100041, 100046, 100069, 100071, 100072, 100078);

    private static final Set<Integer> MISSING = Set.of(904, 1044, 2003, 2043, 2140, 2141, 3001);

    private static final Set<Integer> TOO_MUCH = Set.of(603, 630, 100_090);

    /** The driver refuses by itself what it is given to log in with. */
    private static final Set<Integer> REFUSED_SETTINGS =
            Set.of(200_010, 200_011, 200_012, 200_026, 200_028, 200_029, WRONG_KEY, 200_046, 200_047, 200_051, 200_059);

    private static final String SET_UP = "an object is missing or not granted to the role; run 'floe setup'";
    private static final String PROCEDURE =
            "a procedure is missing, not granted to the role, or an earlier Floe's; run 'floe setup'";
    private static final String UNREACHABLE =
            "Snowflake cannot be reached, or the connection broke; see snowflake.url, DNS, proxies and firewalls";
    private static final String URL = "the driver cannot use snowflake.url";
    private static final String LIMITED =
            "no login is tried for some minutes; mend the user in Snowflake, or the setting and start Floe again";

    /**
     * @param meaning what it says, and the way out
     * @param quoted whether the message is told, too: it holds nothing of a row, and is the same each time
     */
    private record Known(String meaning, boolean quoted) {}

    private static final Map<Integer, Known> KNOWN = known();

    /** Ids of queries and requests: with them a reason would be new each time. */
    private static final Pattern IDS =
            Pattern.compile("\\s*\\[?\\b\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\b]?");

    private Failures() {}

    private static Map<Integer, Known> known() {
        Map<Integer, Known> known = new HashMap<>();
        known.put(603, new Known("Snowflake failed within; where that lasts, tell its support", false));
        known.put(604, new Known("the statement was cancelled", true));
        known.put(606, new Known("no warehouse is active; see snowflake.warehouse and the role's grants", true));
        known.put(625, new Known("too many statements wait for a lock of the table", false));
        known.put(
                630,
                new Known(
                        "the statement took longer than snowflake.statement-timeout, or its warehouse, allows", false));
        known.put(904, new Known("the procedure and its table differ; run 'floe setup'", true));
        known.put(1044, new Known(PROCEDURE, true));
        known.put(2003, new Known(SET_UP, true));
        known.put(2043, new Known(SET_UP, true));
        known.put(2140, new Known(PROCEDURE, true));
        known.put(2141, new Known(PROCEDURE, true));
        known.put(3001, new Known("the role lacks a privilege", true));
        known.put(100_090, new Known("two changes of one call are for one row", false));

        known.put(390_100, new Known("wrong snowflake.user or snowflake.password; " + LIMITED, true));
        known.put(
                390_144,
                new Known(
                        "snowflake.private-key-file is not the key of snowflake.user (RSA_PUBLIC_KEY in DESC USER) in this"
                                + " account, or the clock of this machine is wrong; " + LIMITED,
                        true));

        known.put(200_001, new Known("the driver failed within", false));
        known.put(200_002, new Known(UNREACHABLE, true));
        known.put(200_003, new Known("the thread was interrupted, as by a stop", false));
        known.put(200_005, new Known("the statement was cancelled", false));
        known.put(200_014, new Known("the driver has too little memory for the answer", false));
        known.put(200_015, new Known(UNREACHABLE, true));
        known.put(200_016, new Known(UNREACHABLE, true));
        known.put(200_022, new Known("what answers at snowflake.url is not Snowflake, such as a proxy", false));
        known.put(200_024, new Known("the connection was closed meanwhile", false));
        known.put(200_026, new Known(URL, true));
        known.put(200_028, new Known(URL, true));
        known.put(200_029, new Known(URL, true));
        known.put(200_037, new Known("the connection was closed meanwhile", false));
        known.put(
                WRONG_KEY,
                new Known(
                        "the driver cannot read snowflake.private-key-file: it must be an RSA key in PKCS#8 form, and"
                                + " snowflake.private-key-password its passphrase",
                        false));
        known.put(200_046, new Known("the driver cannot sign with snowflake.private-key-file", false));
        known.put(200_047, new Known("the driver refuses a parameter in snowflake.url", true));
        known.put(200_051, new Known("the driver cannot use the proxy that is set", true));
        known.put(200_052, new Known("the connection was closed meanwhile", false));
        known.put(200_059, new Known(URL, true));
        known.put(
                254_000,
                new Known(
                        "it cannot be checked whether Snowflake's certificate was revoked (OCSP): see proxies and firewalls",
                        true));
        known.put(290_000, new Known(UNREACHABLE, true));
        return Map.copyOf(known);
    }

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

    /** Whether a call of fewer changes may succeed. */
    public static boolean isTooMuch(SQLException failure) {
        int code = mostTelling(failure).getErrorCode();
        return TOO_MUCH.contains(code) || code / 1000 == 300;
    }

    /** Of a login: whether it would be refused again, as nothing but an operator mends it. */
    static boolean isRefusedLogin(SQLException failure) {
        int code = failure.getErrorCode();
        return code / 10_000 == 39 || REFUSED_SETTINGS.contains(code);
    }

    /** What happened and the way out, in one line that repeats no value of any row and is the same each time. */
    public static String explain(SQLException failure) {
        SQLException told = mostTelling(failure);
        int code = told.getErrorCode();
        String state = told.getSQLState() == null ? "no SQLSTATE" : told.getSQLState();
        Known known = KNOWN.get(code);
        String meaning = null;
        if (known != null) {
            meaning = known.meaning() + (known.quoted() ? " (" + oneLine(told) + ")" : "");
        } else if (isAboutTheSession(code, state)) {
            meaning = oneLine(told);
        } else if (code / 1000 == 300) {
            meaning = "it failed within";
        } else if (isUnfit(told)) {
            meaning = "it refused a value";
        }
        return String.format(
                Locale.ROOT,
                "%s %06d (%s)%s",
                isOfTheDriver(code) ? "The Snowflake driver failed with" : "Snowflake answered",
                code,
                state,
                meaning == null ? "" : ": " + meaning);
    }

    /** Connection, login, session and warehouse: failures that happen before any row is looked at. */
    private static boolean isAboutTheSession(int code, String state) {
        return state.startsWith("08") || state.startsWith("28") || code / 10_000 == 39 || code / 1000 == 90;
    }

    private static boolean isOfTheDriver(int code) {
        return code >= 200_000 && code < 300_000;
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
        return IDS.matcher(String.valueOf(failure.getMessage()))
                .replaceAll("")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
