package local.http;

/** What can befall a request. The refusals have the status and the words of the service that is asked. */
public enum RequestFault {
    /** Refused, as the caller lacks the permission; nothing is done. */
    DENIED(false),
    /** Refused, as there are too many requests; nothing is done. */
    THROTTLED(false),
    /** Refused, as the service has failed, with HTTP 500; nothing is done. */
    FAILED(false),
    /** The same, although all was done: who retries does it twice. */
    FAILED_AFTER_DOING(true),
    /** Refused, as the service is down, with HTTP 503; nothing is done. */
    UNAVAILABLE(false),
    /** The connection is closed without an answer; nothing is done. */
    DROPPED(false),
    /** The connection is closed without an answer, although all was done. */
    DROPPED_AFTER_DOING(true),
    /** No answer comes, so that the client gives up waiting; nothing is done. */
    UNANSWERED(false),
    /** No answer comes, so that the client gives up waiting, although all was done. */
    UNANSWERED_AFTER_DOING(true),
    /** The connection is closed when half of the answer's body was sent. */
    CUT_SHORT(true);

    private final boolean afterDoing;

    RequestFault(boolean afterDoing) {
        this.afterDoing = afterDoing;
    }

    /** Whether what was asked for is done all the same. */
    boolean isAfterDoing() {
        return afterDoing;
    }
}
