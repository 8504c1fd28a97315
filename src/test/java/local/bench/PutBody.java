package local.bench;

import java.io.IOException;

/**
 * The body of a PutRecords call in CBOR, as the AWS SDK writes it: the data of its records is all that it has in bytes.
 *
 * <p>Nothing is copied and no value is made, as whoever counts shares the machine with what is measured.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8949#section-3">RFC 8949, section 3</a>
 */
final class PutBody {

    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int INDEFINITE = 31;

    private PutBody() {}

    /** Is shown the data of a record, where it is. */
    interface Data {
        void at(byte[] body, int from, int length);
    }

    /**
     * Shows each record's data.
     *
     * @return how many there are
     * @throws IOException if it is no CBOR, or data comes in pieces
     */
    static int forEach(byte[] body, int length, Data data) throws IOException {
        int records = 0;
        int at = 0;
        while (at < length) {
            int head = body[at++] & 0xff;
            int major = head >> 5;
            int info = head & 31;
            int more = info < 24 || info == INDEFINITE ? 0 : 1 << (info - 24);
            if ((info > 27 && info != INDEFINITE) || at + more > length) {
                throw new IOException("No CBOR at byte " + (at - 1));
            }
            long value = more == 0 ? info : number(body, at, more);
            at += more;
            if (major == BYTES || major == TEXT) {
                if (info == INDEFINITE) {
                    throw new IOException("Text or data in pieces at byte " + (at - 1));
                }
                if (value < 0 || value > length - at) {
                    throw new IOException("No end of text or data at byte " + (at - 1));
                }
                if (major == BYTES) {
                    data.at(body, at, (int) value);
                    records++;
                }
                at += (int) value;
            }
        }
        return records;
    }

    private static long number(byte[] body, int from, int length) {
        long number = 0;
        for (int i = from; i < from + length; i++) {
            number = (number << 8) | (body[i] & 0xff);
        }
        return number;
    }
}
