package floe.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds keys that look like settings of Floe's and are none: what they were meant to change would silently stay as it is.
 *
 * <p>In Floe's own name spaces every unknown key is wrong. In the environment, and in the name space {@code aws}, which
 * are shared with others ({@code LOAD_SERVICE_HOST} is Kubernetes', {@code aws.profile} the AWS SDK's), it is one that
 * is nearly the name of a setting.
 */
final class UnknownSettings {

    /** Free in their last parts, which name tables. */
    private static final List<String> BY_TABLE = List.of(
            "load.call.",
            "load.deletes.",
            "load.dropped-columns.",
            "load.dropped-tables.",
            "load.metadata.",
            "capture.key.",
            "capture.no-key.");

    private static final Set<String> SHARED = Set.of("aws");

    /** A slip of the keyboard: one character wrong, missing or too many, or two of these. */
    private static final int SLIP = 2;

    private final ShippedSettings shipped;
    private final List<String> known;

    UnknownSettings(ShippedSettings shipped) {
        this.shipped = shipped;
        this.known = shipped.own().stream().map(ShippedSettings.Setting::key).toList();
    }

    /**
     * Looks at all keys.
     *
     * @param keys those that are set
     * @param environment the names of the environment's variables
     * @throws WrongSetting for the first unknown one
     */
    void check(Set<String> keys, Set<String> environment) {
        Set<String> nameSpaces = shipped.nameSpaces();
        Set<String> fromEnvironment =
                environment.stream().map(name -> name.toUpperCase(Locale.ROOT)).collect(Collectors.toSet());
        for (String key : new TreeSet<>(keys)) {
            int dot = key.indexOf('.');
            if (dot > 0
                    && nameSpaces.contains(key.substring(0, dot))
                    && !isKnown(key)
                    // Quarkus shows what is in the environment as keys, too.
                    && !fromEnvironment.contains(inEnvironment(key))) {
                String nearest = nearest(key, known);
                if (!SHARED.contains(key.substring(0, dot)) || distance(key, nearest) <= SLIP) {
                    throw WrongSetting.unknown(key, nearest);
                }
            }
        }
        List<String> knownThere =
                known.stream().map(UnknownSettings::inEnvironment).toList();
        for (String name : new TreeSet<>(environment)) {
            boolean byTable =
                    BY_TABLE.stream().map(UnknownSettings::inEnvironment).anyMatch(name::startsWith);
            String nearest = nearest(name, knownThere);
            if (!byTable && !nearest.equals(name) && distance(name, nearest) <= SLIP) {
                throw WrongSetting.unknown(name, nearest);
            }
        }
    }

    private boolean isKnown(String key) {
        return shipped.has(key) || BY_TABLE.stream().anyMatch(key::startsWith);
    }

    /** As both Camel and Quarkus spell a key in the environment. */
    private static String inEnvironment(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static String nearest(String name, List<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .orElse("");
    }

    /** Levenshtein's: how many characters to insert, delete or replace, from 0. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
