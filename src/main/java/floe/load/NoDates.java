package floe.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import floe.change.UnfitChange;
import floe.change.UnfitChange.Reason;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Dates that MySQL holds and that are none, such as 0000-00-00, 2024-00-15 and 2024-02-31, as the texts of an event. */
final class NoDates {

    private static final int DATE = "YYYY-MM-DD".length();
    private static final int CLOCK = "YYYY-MM-DD HH:MM:SS".length();
    private static final int MOST_FRACTION_DIGITS = 6;

    private NoDates() {}

    /** The columns of {@code row} that hold such a text, of those that {@code isDate}, as MySQL spells them. */
    static List<String> in(ObjectNode row, Predicate<String> isDate) {
        List<String> columns = List.of();
        for (var column : row.properties()) {
            if (isNone(column.getValue()) && isDate.test(column.getKey())) {
                columns = columns.isEmpty() ? new ArrayList<>() : columns;
                columns.add(column.getKey());
            }
        }
        return columns;
    }

    /** {@code row} with null in these columns. */
    static ObjectNode without(List<String> columns, ObjectNode row) {
        if (columns.isEmpty()) {
            return row;
        }
        ObjectNode copy = row.objectNode();
        copy.setAll(row);
        columns.forEach(copy::putNull);
        return copy;
    }

    /** Why a row cannot be applied that holds such a text in this column of its key. */
    static UnfitChange inKey(String column) {
        return new UnfitChange(
                Reason.REFUSED_VALUE,
                "The column " + column + " of the key holds a date that is none; it should be one of the calendar,"
                        + " from 0001-01-01 to 9999-12-31");
    }

    /**
     * Whether {@code value} has the form in which events write a DATE, DATETIME or TIMESTAMP, and its day is none. The year
     * 0000 is none: Snowflake promises nothing of it.
     */
    static boolean isNone(JsonNode value) {
        String text = value.textValue();
        return text != null && hasForm(text) && !isDay(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2));
    }

    private static boolean hasForm(String text) {
        int end = text.length();
        return end >= DATE && isLike("dddd-dd-dd", text, 0) && (end == DATE || hasClock(text));
    }

    private static boolean hasClock(String text) {
        int end = text.endsWith("Z") ? text.length() - 1 : text.length();
        if (end < CLOCK || !isLike(" dd:dd:dd", text, DATE)) {
            return false;
        }
        int digits = end - CLOCK - 1;
        return end == CLOCK
                || (digits > 0
                        && digits <= MOST_FRACTION_DIGITS
                        && isLike(".dddddd".substring(0, 1 + digits), text, CLOCK));
    }

    /** Whether {@code form} stands at {@code start} of {@code text}, with a digit for each d. */
    private static boolean isLike(String form, String text, int start) {
        for (int i = 0; i < form.length(); i++) {
            char c = text.charAt(start + i);
            if (form.charAt(i) == 'd' ? c < '0' || c > '9' : c != form.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int start, int digits) {
        return Integer.parseInt(text, start, start + digits, 10);
    }

    private static boolean isDay(int year, int month, int day) {
        return year > 0 && month > 0 && month <= 12 && day > 0 && day <= lastDay(year, month);
    }

    private static int lastDay(int year, int month) {
        return YearMonth.of(year, month).lengthOfMonth();
    }
}
