package floe.snapshot;

import floe.mysql.SqlName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The order in which a table is read: that of a unique index without NULL, in which each row has a place of its own. */
record KeyOrder(String index, List<KeyPart> parts) {

    KeyOrder {
        parts = List.copyOf(parts);
    }

    /** Tells it from other orders of the same table. */
    String name() {
        return index + " " + list(parts, KeyPart::ordered);
    }

    /** The hint that makes MySQL read by the index. */
    String hint() {
        return " FORCE INDEX (" + SqlName.of(index) + ")";
    }

    /** The hint that lets MySQL choose between the index and the whole table. */
    String offer() {
        return " USE INDEX (" + SqlName.of(index) + ")";
    }

    /** The end of a statement that gives the last row. */
    String lastRow() {
        return " ORDER BY " + list(parts, KeyPart::reversed) + " LIMIT 1";
    }

    /**
     * The ends of the statements that give all rows behind a place, one after the other and each in the order of the index.
     * MySQL uses no index for {@code (a, b) > (x, y)}, so it is asked for {@code a = x AND b > y} and then for {@code a > x}.
     */
    List<String> from(Place place) {
        List<String> steps = new ArrayList<>();
        if (place.isBeginning()) {
            Optional<String> end = end(place);
            steps.add(end.map(condition -> " WHERE " + condition).orElse("") + orderedFrom(0));
        }
        for (int part = place.after().size() - 1; part >= 0; part--) {
            for (String after : parts.get(part).after(place.after().get(part))) {
                steps.add(step(place, part, after));
            }
        }
        return steps;
    }

    /** The rows whose key has the columns of the place before this part, and a later one here. */
    private String step(Place place, int part, String after) {
        List<String> conditions = new ArrayList<>();
        for (int same = 0; same < part; same++) {
            conditions.add(parts.get(same).is(place.after().get(same)));
        }
        conditions.add(after);
        if (part == 0) {
            end(place).ifPresent(conditions::add);
        }
        return " WHERE " + String.join(" AND ", conditions) + orderedFrom(part);
    }

    private Optional<String> end(Place place) {
        return Optional.ofNullable(place.upTo()).map(parts.get(0)::upTo);
    }

    /** Without the columns that are the same in all rows: MySQL does not know it of all types, and would sort. */
    private String orderedFrom(int part) {
        return " ORDER BY " + list(parts.subList(part, parts.size()), KeyPart::ordered);
    }

    private static String list(List<KeyPart> parts, Function<KeyPart, String> form) {
        return parts.stream().map(form).collect(Collectors.joining(", "));
    }
}
