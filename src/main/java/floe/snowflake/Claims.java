package floe.snowflake;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who has which name in Snowflake: first come, first served. The procedure FLOE_CLAIM decides by the same rules. */
final class Claims {

    /** What Floe keeps in each schema that holds mirrored tables. */
    static final Set<String> FLOE = Set.of(
            "FLOE_TABLES",
            "FLOE_SOURCES",
            "FLOE_RULES",
            "FLOE_OPTIONS",
            "FLOE_SHAPES",
            "FLOE_DROPS",
            "FLOE_KEYS",
            "FLOE_COLUMNS",
            "FLOE_SCRIPTS",
            "FLOE_STEPS");

    /** How the names of the tables go on that Floe keeps beside a mirrored table. */
    static final String BESIDE = "_FLOE|_TOMBSTONES(_[0-9]+)?";

    private static final Pattern NAME_BESIDE = Pattern.compile("(.+?)(?:" + BESIDE + ")", Pattern.DOTALL);

    private final Map<SnowflakeName, String> names = new HashMap<>();
    private final Map<SnowflakeName, String> namesBeside = new HashMap<>();

    /** Gives {@code table} to this source, unless another one, or Floe itself, has the name; then says who. */
    Optional<String> take(String source, SnowflakeName table) {
        Optional<String> other = other(source, table);
        if (other.isEmpty()) {
            names.put(table, source);
            beside(table).ifPresent(base -> namesBeside.put(base, source));
        }
        return other;
    }

    private Optional<String> other(String source, SnowflakeName table) {
        if (FLOE.contains(table.name())) {
            return Optional.of("Floe itself");
        }
        return Optional.ofNullable(names.get(table))
                .or(() -> beside(table).map(names::get))
                .or(() -> Optional.ofNullable(namesBeside.get(table)))
                .filter(name -> !name.equals(source));
    }

    /** The mirrored table beside which Floe would keep a table of this name. */
    private static Optional<SnowflakeName> beside(SnowflakeName table) {
        Matcher name = NAME_BESIDE.matcher(table.name());
        return name.matches() ? Optional.of(table.beside(name.group(1))) : Optional.empty();
    }
}
