package local.sqs;

/** What can befall a call. */
public enum CallFault {
    /** HTTP 403: the caller lacks the permission. */
    DENIED,
    /** HTTP 500; nothing is done. */
    FAILED,
    /** The connection is closed without an answer; nothing is done. */
    DROPPED
}
