package local.firehose;

/** What the service may do besides delivering each record once and in order. */
public enum Disorder {
    /** A record is delivered twice. */
    RECORD_REPEATED,
    /** A record goes to a later object than its neighbours. */
    RECORD_HELD_BACK,
    /** An object is written twice. */
    OBJECT_REPEATED,
    /** A buffer is shuffled before it is written. */
    BUFFER_SHUFFLED,
    /** A buffer is written as several objects. */
    BUFFER_SPLIT,
    /** An object is written late. */
    OBJECT_DELAYED
}
