package floe.kinesis;

/**
 * An event line with the key that it must stay in order with.
 *
 * @param keyHash a hash of schema, table and row key: lines of one row have the same
 * @param bytes the line in UTF-8, with its newline
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a list would cost a copy per line.
public record KeyedLine(int keyHash, byte[] bytes) {}
