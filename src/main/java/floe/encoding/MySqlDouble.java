package floe.encoding;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * The text that MySQL gives a DOUBLE: the fewest digits that give the same number, without an exponent if its point lies
 * within 15 places.
 *
 * @see <a href="https://github.com/mysql/mysql-server/blob/8.0/strings/dtoa.cc">my_gcvt in dtoa.cc</a>
 */
final class MySqlDouble {

    private static final int MOST_PLACES = 15;

    /** Below this, Java gives two digits to a number that one is enough for. */
    private static final double TINY = 1e-322;

    private final byte[] digits = new byte[24];
    private int count;

    /** Where the point is: behind so many digits, or before so many zeros and the digits if it is negative. */
    private int point;

    /** Adds the text of {@code number}, and {@code .0} to one that looks like an integer if {@code asDouble}. */
    void add(double number, boolean asDouble, TextBuffer text) {
        if (number < 0 || (number == 0 && 1 / number < 0)) {
            text.add('-');
        }
        read(Math.abs(number));
        if (point < 1 - MOST_PLACES || (point > MOST_PLACES && count <= point)) {
            text.add(digits, 0, 1);
            if (count > 1) {
                text.add('.').add(digits, 1, count - 1);
            }
            text.add('e').number(point - 1);
        } else if (point <= 0) {
            zeros(-point, text.add('0').add('.'));
            text.add(digits, 0, count);
        } else if (count > point) {
            text.add(digits, 0, point).add('.').add(digits, point, count - point);
        } else {
            zeros(point - count, text.add(digits, 0, count));
            if (asDouble) {
                text.add('.').add('0');
            }
        }
    }

    private static void zeros(int count, TextBuffer text) {
        for (int i = 0; i < count; i++) {
            text.add('0');
        }
    }

    /** Takes the digits out of Java's text, which is {@code 12.34} or {@code 1.234E-5}. */
    private void read(double number) {
        String text = number < TINY && number > 0 ? tiny(number) : DoubleToDecimal.toString(number);
        int exponent = text.indexOf('E');
        int end = exponent < 0 ? text.length() : exponent;
        count = 0;
        point = exponent < 0 ? 0 : Integer.parseInt(text, exponent + 1, text.length(), 10);
        boolean fraction = false;
        for (int i = 0; i < end; i++) {
            char digit = text.charAt(i);
            if (digit == '.') {
                fraction = true;
            } else if (count > 0 || digit != '0') {
                digits[count++] = (byte) digit;
                point += fraction ? 0 : 1;
            } else {
                point -= fraction ? 1 : 0;
            }
        }
        while (count > 0 && digits[count - 1] == '0') {
            count--;
        }
        if (count == 0) {
            digits[count++] = '0';
            point = 1;
        }
    }

    private static String tiny(double number) {
        String one = String.format(Locale.ROOT, "%.0E", new BigDecimal(number));
        return Double.parseDouble(one) == number ? one : DoubleToDecimal.toString(number);
    }
}
