package floe.ledger;

import floe.settings.Settings;
import floe.staging.Places;
import java.time.Duration;

/**
 * Where loaders keep what has arrived: the settings under {@code ledger}.
 *
 * @param bucket that files are staged in
 * @param prefix of the ledgers, and of nothing else
 * @param missingAfter how long what was stored on the stream may take to arrive
 */
public record LedgerSettings(String bucket, String prefix, Duration missingAfter) {

    /** What a process has that does not load. */
    private static final LedgerSettings NONE = new LedgerSettings("", "", Duration.ZERO);

    /**
     * The same if this process loads; otherwise nothing is read, and nothing wrong.
     *
     * @throws floe.settings.WrongSetting if one is missing or wrong
     */
    public static LedgerSettings ofStage(Settings settings) {
        if (!settings.flag("load.enabled")) {
            return NONE;
        }
        return new LedgerSettings(
                Places.read(settings).bucket(),
                Places.outside(settings, "ledger.prefix", "staging.prefix", "dead-letter.prefix"),
                settings.duration("ledger.missing-after"));
    }
}
