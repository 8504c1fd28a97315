package floe.mysql;

/**
 * Somebody else reads the binlog with the same server id. MySQL then ends the connection that was there first (8.0 source:
 * {@code kill_zombie_dump_threads}), so two that both come again would throw each other out for ever.
 */
public final class ServerIdInUse {

    /** In the message of its error 1236, before and after MySQL 8.0.26 renamed slaves. */
    private static final String SAYS = "with the same server_uuid/server_id as this";

    private ServerIdInUse() {}

    /** Whether this is what MySQL says to the connection that it ends. */
    public static boolean says(String message) {
        return message != null && message.contains(SAYS);
    }

    /** What to tell the person on call. */
    public static String sentence(int serverId) {
        return "Another reader of the binlog has the server id " + serverId
                + " too, and MySQL serves only one of them: give Floe one of its own in capture.server-id";
    }

    /** The same where the other one is a capture of Floe, which has the {@link ServerLock} of that id. */
    public static String sentence(int serverId, ServerLock.Holder holder) {
        return "Another capture reads this MySQL with the server id " + serverId + ", by its " + holder
                + ": give one of them another capture.server-id";
    }
}
