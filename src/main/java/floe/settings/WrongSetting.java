package floe.settings;

/** A key of the configuration is missing or holds what it cannot; nothing starts before it is mended. */
public class WrongSetting extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param key the key in the configuration
     * @param holds what it holds; never a secret
     * @param should what it should hold, to read after "it should be"
     */
    public WrongSetting(String key, String holds, String should) {
        super(
                holds.isBlank()
                        ? "The setting " + key + " is missing; it should be " + should
                        : "The setting " + key + " is '" + holds + "'; it should be " + should);
    }

    private WrongSetting(String message) {
        super(message);
    }

    /**
     * For a key that says itself what it is for, and says it wrongly.
     *
     * @param should what it should be, to read after "it should be"
     */
    public static WrongSetting name(String key, String should) {
        return new WrongSetting("The setting " + key + " has a name that nothing reads; it should be " + should);
    }

    /** For a key that nothing reads: a slip, most likely, for {@code nearest}. */
    static WrongSetting unknown(String key, String nearest) {
        return new WrongSetting("There is no setting " + key + "; the nearest is " + nearest);
    }
}
