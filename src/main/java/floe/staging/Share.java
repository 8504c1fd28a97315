package floe.staging;

import static java.nio.charset.StandardCharsets.UTF_8;

import floe.settings.Settings;
import floe.settings.WrongSetting;
import java.util.zip.CRC32;

/**
 * Which of the loaders that share the staging prefix this one is.
 *
 * <p>A file belongs to the loader whose number is the CRC-32 (that of gzip and zlib) of its folder in UTF-8, modulo the
 * number of loaders: the same on every machine and in every version. Whether each file has one owner is a matter of speed
 * only: where two loaders take the same file, the lock in Snowflake and the positions keep the result right.
 *
 * @param loaders how many there are
 * @param loader which this one is, from 0
 */
record Share(int loaders, int loader) {

    private static final int MOST_LOADERS = 1_000;

    /**
     * As configured.
     *
     * @throws WrongSetting if there is no loader of that number
     */
    static Share read(Settings settings) {
        int loaders = settings.number("load.loaders", 1, MOST_LOADERS);
        int loader = settings.number("load.loader", 0, MOST_LOADERS - 1);
        if (loader >= loaders) {
            throw new WrongSetting(
                    "load.loader",
                    String.valueOf(loader),
                    "below load.loaders, which is " + loaders + ", as loaders count from 0");
        }
        return new Share(loaders, loader);
    }

    /** The number of the loader that {@code file} is for. */
    int ownerOf(StagedFile file) {
        CRC32 hash = new CRC32();
        hash.update(file.folder().getBytes(UTF_8));
        return (int) (hash.getValue() % loaders);
    }
}
