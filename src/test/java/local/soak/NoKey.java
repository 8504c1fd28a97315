package local.soak;

import java.util.Locale;

/** How Floe copies tables without a key: the values of {@code capture.no-key}, but for the one that leaves them out. */
enum NoKey {
    HASH,
    APPEND;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
