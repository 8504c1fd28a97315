package floe.change;

import static floe.change.UnfitChange.Reason.REFUSED_VALUE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** Values that are JSON, and that no column could hold as they are: none comes from MySQL. */
final class Values {

    /** In powers of ten, what a DOUBLE holds at most, and next to nothing: 1.8e308 and 4.9e-324. */
    private static final int LARGEST = 308;

    private static final int SMALLEST = -324;

    private Values() {}

    /**
     * Looks at the numbers of a row, of the columns themselves: what is inside of one is a document, and stays a text.
     *
     * @throws UnfitChange if one is beyond what Snowflake, or MySQL, has for any type
     */
    static void checkNumbers(ObjectNode row) {
        for (var column : row.properties()) {
            JsonNode value = column.getValue();
            if (value.isBigDecimal() && !fits(value.decimalValue())) {
                throw new UnfitChange(
                        REFUSED_VALUE,
                        "The column " + column.getKey()
                                + " holds a number that is beyond 1.8e308, or closer to 0 than 4.9e-324");
            }
        }
    }

    /**
     * Looks at all names and texts.
     *
     * @throws UnfitChange if one has half of a character, which has no form in UTF-8
     */
    static void checkTexts(JsonNode value) {
        if (value.isTextual()) {
            checkText(value.textValue());
        }
        value.fieldNames().forEachRemaining(Values::checkText);
        value.forEach(Values::checkTexts);
    }

    private static void checkText(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                    i++;
                } else {
                    throw new UnfitChange(
                            REFUSED_VALUE,
                            String.format(
                                    "The line holds \\u%04x, which is half of a character", (int) text.charAt(i)));
                }
            }
        }
    }

    private static boolean fits(BigDecimal number) {
        if (number.signum() == 0) {
            return true;
        }
        // The power of ten of the first digit; as a long, for scales that are as large as an int.
        long power = (long) number.precision() - number.scale() - 1;
        if (power < LARGEST && power > SMALLEST) {
            return true;
        }
        double nearest = number.doubleValue();
        return Double.isFinite(nearest) && nearest != 0;
    }
}
