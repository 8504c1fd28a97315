package floe.capture;

import floe.change.Position;

/**
 * Something that happened in the source, at its position: of several rows that of the first, from which the others are
 * counted on.
 *
 * @param event what happened
 * @param server the {@code server_uuid} of the server it was read from
 */
public record BinlogEvent(SourceEvent.Located event, String server, Position position) {}
