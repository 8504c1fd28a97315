package floe.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import floe.change.TablePatterns;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a capture is told apart by, wherever it runs: the stream that it writes to and the tables that it is set to read. */
final class CaptureName {

    /** Of 64, so that a lock's name stays under MySQL's 64 characters. */
    private static final int HEX_DIGITS = 32;

    private final byte[] hash;

    /** The order of the names and patterns does not matter, nor which tables they mean at the moment. */
    CaptureName(String stream, TablePatterns tables) {
        try {
            hash = MessageDigest.getInstance("SHA-256")
                    .digest((stream + "\n" + String.join("\n", tables.sorted())).getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** The name of its lock on the MySQL server. */
    String lock() {
        return "floe:" + HexFormat.of().formatHex(hash).substring(0, HEX_DIGITS);
    }

    /** Its replication server id where none is set, from 1 to 2,147,483,647. */
    int serverId() {
        return Math.max(1, ByteBuffer.wrap(hash).getInt() & Integer.MAX_VALUE);
    }
}
