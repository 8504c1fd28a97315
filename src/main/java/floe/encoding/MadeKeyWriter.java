package floe.encoding;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import floe.change.MadeKey;
import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Writes the key that Floe makes behind the cells of a row, from which it is made. For use by one thread at a time. */
final class MadeKeyWriter {

    private final MadeKey made;
    private final SerializableString name;
    private final RowHash hash = new RowHash();
    /** Of the rows of one read, how many there were so far of each hash. */
    private final Map<String, Long> equal = new HashMap<>();

    private String transaction;
    private long number;

    MadeKeyWriter(MadeKey made) {
        this.made = made;
        this.name = new SerializedString(made.column().name());
    }

    /**
     * Rows of the binlog follow.
     *
     * @param gtid of their transaction
     * @param first the number of the first of them among the rows of their table in it
     */
    void beginChanges(String gtid, long first) {
        transaction = gtid;
        number = first;
    }

    /** All rows of a table follow, as one read gave them. */
    void beginRead() {
        transaction = null;
        equal.clear();
    }

    /** Takes the cells of the next row. */
    JsonGenerator cells(JsonGenerator json) {
        return hash.over(json);
    }

    /** Writes the key behind the cells, and gives its own hash. */
    int write(JsonGenerator json) throws IOException {
        byte[] key = key().getBytes(US_ASCII);
        json.writeFieldName(name);
        json.writeRawUTF8String(key, 0, key.length);
        return Hash.of(key, 0, key.length);
    }

    private String key() {
        String hex = HexFormat.of().formatHex(hash.end());
        if (made == MadeKey.HASH) {
            return hex;
        }
        return transaction == null ? hex + ":" + equal.merge(hex, 1L, Long::sum) : transaction + ":" + number++;
    }
}
