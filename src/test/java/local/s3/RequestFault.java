package local.s3;

/** What can befall a request. */
public enum RequestFault {
    /** HTTP 500, {@code InternalError}; nothing is done. */
    INTERNAL_ERROR,
    /** HTTP 503, {@code SlowDown}; nothing is done. */
    SLOW_DOWN,
    /** The connection is closed without an answer; nothing is done. */
    DROPPED,
    /** The connection is closed without an answer, although all was done. */
    DROPPED_AFTER_DOING,
    /** No answer comes, so that the client gives up waiting; nothing is done. */
    UNANSWERED,
    /** No answer comes, so that the client gives up waiting, although all was done. */
    UNANSWERED_AFTER_DOING,
    /** The connection is closed when half of the first part of the answer's body was sent. */
    CUT_SHORT
}
