package local.life;

import java.util.EnumSet;
import java.util.Set;

/**
 * How a life is to be.
 *
 * @param seed of all random choices
 * @param rows that all tables have together in the beginning, about
 * @param sessions that change rows at the same time
 * @param kinds of changes of definitions
 * @param ddlPercent of the rounds that begin or continue one
 * @param cascades whether there are foreign keys that change rows which no statement names
 */
public record LifeSettings(long seed, int rows, int sessions, Set<DdlKind> kinds, int ddlPercent, boolean cascades) {

    /** All kinds, and all that the schemas have. */
    public static LifeSettings ofSeed(long seed) {
        return new LifeSettings(seed, 100_000, 3, EnumSet.allOf(DdlKind.class), 40, true);
    }

    public LifeSettings withRows(int rows) {
        return new LifeSettings(seed, rows, sessions, kinds, ddlPercent, cascades);
    }

    public LifeSettings withKinds(Set<DdlKind> kinds) {
        return new LifeSettings(seed, rows, sessions, kinds, ddlPercent, cascades);
    }

    public LifeSettings withDdlPercent(int ddlPercent) {
        return new LifeSettings(seed, rows, sessions, kinds, ddlPercent, cascades);
    }

    public LifeSettings withCascades(boolean cascades) {
        return new LifeSettings(seed, rows, sessions, kinds, ddlPercent, cascades);
    }
}
