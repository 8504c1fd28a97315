package local.life;

import java.util.List;
import java.util.Random;
import local.tables.Column;
import local.tables.Table;

/** What a change of a definition needs that was not there: names, and choices. */
final class Fresh {

    private static final List<String> NAMES =
            List.of("neu", "Größe", "x y", "select", "2nd", "it's", "say \"hi\"", "MiXed", "a-b", "naïve", "back`tick");

    private final Random random;
    private final int version;
    private int count;

    /** @param version of the server, such as 80012 */
    Fresh(Random random, int version) {
        this.random = random;
        this.version = version;
    }

    /** Of the server, such as 80012. */
    int version() {
        return version;
    }

    Random random() {
        return random;
    }

    /** A name that no column or table has. */
    String name() {
        count++;
        return NAMES.get(random.nextInt(NAMES.size())) + " " + count;
    }

    String one(String... values) {
        return values[random.nextInt(values.length)];
    }

    /** One of them; null if there is none. */
    Column one(List<Column> columns) {
        return columns.isEmpty() ? null : columns.get(random.nextInt(columns.size()));
    }

    /** One of the columns that nothing depends on, of these kinds; null if there is none. */
    Column plain(Table table, Column.Kind... kinds) {
        List<Column.Kind> wanted = List.of(kinds);
        return one(table.plain().stream()
                .filter(column -> wanted.isEmpty() || wanted.contains(column.kind()))
                .toList());
    }
}
