package floe.capture;

import java.util.Map;
import java.util.OptionalLong;

/**
 * How far the source has been read with an event.
 *
 * @param offset what to save so that reading goes on after it, never to be changed; empty while a snapshot runs, which a
 *     restart begins anew
 * @param committed all that was committed before this time, in milliseconds since 1970 (UTC), came no later than the
 *     event; empty if nobody knows
 */
public record Mark(Map<String, ?> offset, OptionalLong committed) {}
