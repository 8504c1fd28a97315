package floe.binlog;

import java.nio.charset.StandardCharsets;

/** A ROTATE event: the binlog goes on in this file, from this offset on. */
public record Rotation(String file, long offset) {

    /** Reads it. */
    public static Rotation read(RawEvent event) {
        Cells body = event.body();
        long offset = body.s8();
        return new Rotation(new String(body.copy(body.left()), StandardCharsets.UTF_8), offset);
    }
}
