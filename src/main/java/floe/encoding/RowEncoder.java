package floe.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import floe.binlog.Cells;
import floe.binlog.ColumnLayout;
import floe.binlog.RowImages;
import floe.binlog.TableLayout;
import floe.capture.SourceEvent;
import floe.change.ChangeType;
import floe.change.ChangeWriter;
import floe.change.Position;
import floe.change.RowLine;
import floe.kinesis.Lines;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Writes the changes of one version of a table: made once for it, used for every row. For use by one thread at a time. */
final class RowEncoder {

    private final int tableHash;
    private final RowLine line;
    private final SerializableString[] names;
    private final CellWriter[] writers;
    /** For each column its place in the key, or -1. */
    private final int[] inKey;
    /** Of the image written last: the hash of each cell of the key, and where the cell begins and ends. */
    private final int[] keyHashes;

    private final int[] keyStarts;
    private final int[] keyEnds;

    /** Null where the table has a key of its own. */
    private final MadeKeyWriter madeKey;

    /** @throws floe.binlog.UnreadableEvent if one of its columns cannot be read */
    RowEncoder(TableLayout table) {
        List<ColumnLayout> columns = table.columns();
        tableHash = table.id().hashCode();
        names = columns.stream()
                .map(column -> new SerializedString(column.name()))
                .toArray(SerializableString[]::new);
        writers = columns.stream().map(CellWriter::of).toArray(CellWriter[]::new);
        int[] key = table.key();
        madeKey = table.made() == null ? null : new MadeKeyWriter(table.made());
        line = new RowLine(table.id(), keyNames(table));
        inKey = new int[columns.size()];
        Arrays.fill(inKey, -1);
        for (int i = 0; i < key.length; i++) {
            inKey[key[i]] = i;
        }
        keyHashes = new int[madeKey == null ? key.length : 1];
        keyStarts = new int[key.length];
        keyEnds = new int[key.length];
    }

    private static List<String> keyNames(TableLayout table) {
        if (table.made() != null) {
            return List.of(table.made().column().name());
        }
        return Arrays.stream(table.key())
                .mapToObj(table.columns()::get)
                .map(ColumnLayout::name)
                .toList();
    }

    /**
     * Writes the lines of the rows of one event.
     *
     * @param first the position of the first of them
     * @return how many rows it has
     * @throws floe.binlog.UnreadableEvent at the first that cannot be read; the lines of those before it are whole
     */
    long write(SourceEvent.Rows rows, Position first, ChangeWriter.Source source, JsonGenerator json, Lines lines)
            throws IOException {
        ChangeType type = rows.type();
        RowImages images = rows.images();
        if (madeKey != null) {
            madeKey.beginChanges(source.gtid(), rows.number());
        }
        RowLine.End end = line.end(first, source);
        Cells cells = images.cells();
        long row = first.row();
        while (cells.left() > 0) {
            if (type == ChangeType.UPDATE) {
                writeUpdate(images, cells, row, end, json, lines);
            } else {
                line.open(type, json);
                image(cells, json);
                end.write(row, json);
                lines.end(keyHash());
            }
            row++;
        }
        return row - first.row();
    }

    /** Writes the lines of rows that a snapshot read, all of which have the same position. */
    void write(List<byte[][]> rows, Position position, ChangeWriter.Source source, JsonGenerator json, Lines lines)
            throws IOException {
        if (madeKey != null) {
            madeKey.beginRead();
        }
        RowLine.End end = line.end(position, source);
        for (byte[][] row : rows) {
            line.open(ChangeType.WRITE, json);
            json.writeStartObject();
            JsonGenerator values = madeKey == null ? json : madeKey.cells(json);
            for (int i = 0; i < writers.length; i++) {
                json.writeFieldName(names[i]);
                int hash = 0;
                if (row[i] == null) {
                    values.writeNull();
                } else {
                    hash = writers[i].text(row[i], values);
                }
                if (inKey[i] >= 0) {
                    keyHashes[inKey[i]] = hash;
                }
            }
            endImage(json);
            end.write(position.row(), json);
            lines.end(keyHash());
        }
    }

    /** An update of the key is the delete of the old key and the write of the new one, at the same position. */
    private void writeUpdate(RowImages images, Cells cells, long row, RowLine.End end, JsonGenerator json, Lines lines)
            throws IOException {
        int before = cells.at();
        line.open(ChangeType.UPDATE, json);
        image(cells, json);
        int[] starts = keyStarts.clone();
        int[] ends = keyEnds.clone();
        int after = cells.at();
        line.between(json);
        image(cells, json);
        end.write(row, json);
        if (sameKey(images.bytes(), starts, ends)) {
            lines.end(keyHash());
            return;
        }
        lines.takeBack();
        line.open(ChangeType.DELETE, json);
        image(new Cells(images.bytes(), before, after), json);
        end.write(row, json);
        lines.end(keyHash());
        line.open(ChangeType.WRITE, json);
        image(new Cells(images.bytes(), after, cells.at()), json);
        end.write(row, json);
        lines.end(keyHash());
    }

    private void image(Cells cells, JsonGenerator json) throws IOException {
        byte[] bytes = cells.bytes();
        int nulls = cells.skip(RowImages.bitmapBytes(writers.length));
        json.writeStartObject();
        JsonGenerator values = madeKey == null ? json : madeKey.cells(json);
        for (int i = 0; i < writers.length; i++) {
            json.writeFieldName(names[i]);
            int start = cells.at();
            int hash = 0;
            if (RowImages.isNull(bytes, nulls, i)) {
                values.writeNull();
            } else {
                hash = writers[i].binary(cells, values);
            }
            int place = inKey[i];
            if (place >= 0) {
                keyHashes[place] = hash;
                keyStarts[place] = start;
                keyEnds[place] = cells.at();
            }
        }
        endImage(json);
    }

    private void endImage(JsonGenerator json) throws IOException {
        if (madeKey != null) {
            keyHashes[0] = madeKey.write(json);
        }
        json.writeEndObject();
    }

    private boolean sameKey(byte[] bytes, int[] starts, int[] ends) {
        for (int i = 0; i < starts.length; i++) {
            if (!Arrays.equals(bytes, starts[i], ends[i], bytes, keyStarts[i], keyEnds[i])) {
                return false;
            }
        }
        return true;
    }

    /** A hash of schema, table and key: the same for the same row, in this process and in every other. */
    private int keyHash() {
        return 31 * tableHash + Arrays.hashCode(keyHashes);
    }
}
