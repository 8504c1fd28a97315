package floe.load;

import floe.settings.Settings;

/** How changes are applied. */
public enum Mode {
    /** By one call of the table's apply procedure for many changes. */
    BATCH,
    /** By one call for each change. */
    ROW;

    /** The setting {@code load.mode}. */
    public static Mode read(Settings settings) {
        return settings.oneOf("load.mode", Mode.class);
    }
}
