package floe.encoding;

import floe.capture.BinlogEvent;
import floe.capture.CaptureFailed;
import floe.capture.Column;
import floe.capture.SourceEvent;
import floe.capture.TableVersion;
import floe.change.ChangeWriter;
import floe.change.TableId;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Writes the changes of one version of a table: made once for it, used for every row. */
final class RowEncoder {

    private final TableId table;
    private final int tableHash;
    private final RowWriter rows;
    private final int[] keyPlaces;
    private final List<String> key;

    /** @throws CaptureFailed if the table has no key */
    RowEncoder(TableVersion version) {
        table = version.id();
        tableHash = table.hashCode();
        rows = new RowWriter(version.columns());
        keyPlaces = version.key();
        if (keyPlaces.length == 0) {
            throw new CaptureFailed("The table " + table + " has no primary key, by which its rows could be told"
                    + " apart; give it one, or remove it from capture.tables");
        }
        key = Arrays.stream(keyPlaces)
                .mapToObj(version.columns()::get)
                .map(Column::name)
                .toList();
    }

    /**
     * Writes the line of one change.
     *
     * @return a hash of schema, table and key: the same for the same row, in this process and in every other
     */
    int write(BinlogEvent.Row event, ChangeWriter writer) throws IOException {
        SourceEvent.Row row = event.row();
        writer.writeRow(
                table,
                row.type(),
                image(row.before()),
                image(row.after()),
                key,
                event.position(),
                EventEncoder.source(row.origin(), event.server()));
        return 31 * tableHash + keyHash(row.keyed());
    }

    private ChangeWriter.Part image(Object[] cells) {
        return cells == null ? null : json -> rows.write(json, cells);
    }

    private int keyHash(Object[] cells) {
        int hash = 1;
        for (int place : keyPlaces) {
            Object value = cells[place];
            hash = 31 * hash + (value instanceof byte[] bytes ? Arrays.hashCode(bytes) : Objects.hashCode(value));
        }
        return hash;
    }
}
