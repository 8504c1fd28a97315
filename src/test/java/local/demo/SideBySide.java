package local.demo;

import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Two tables as text, row beside row, with a mark where they differ. */
final class SideBySide {

    private static final int WIDTH = 52;

    private SideBySide() {}

    static String of(Map<Integer, Row> mysql, Map<Integer, Row> snowflake) {
        StringBuilder text = new StringBuilder();
        line(text, "MySQL " + Persons.SOURCE, " ", "Snowflake " + Persons.TARGET);
        line(text, "─".repeat(WIDTH - 1), "─", "─".repeat(WIDTH - 1));
        TreeSet<Integer> keys = new TreeSet<>(mysql.keySet());
        keys.addAll(snowflake.keySet());
        for (Integer key : keys) {
            Row source = mysql.get(key);
            Row target = snowflake.get(key);
            line(text, shown(source), Objects.equals(source, target) ? "=" : "≠", shown(target));
        }
        return text.toString();
    }

    private static String shown(Row row) {
        return row == null ? "" : row.toString();
    }

    private static void line(StringBuilder text, String left, String between, String right) {
        int columns = left.codePointCount(0, left.length());
        text.append(left)
                .append(" ".repeat(Math.max(0, WIDTH - columns)))
                .append(between)
                .append("  ")
                .append(right)
                .append('\n');
    }
}
