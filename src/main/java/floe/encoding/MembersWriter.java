package floe.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import floe.binlog.Cells;
import floe.binlog.CharacterSet;
import floe.binlog.ColumnLayout;
import floe.binlog.MySqlType;
import floe.binlog.UnreadableEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * ENUM and SET, as the text of the member, or of the members with commas between them; without a member the empty text. The
 * binlog has their numbers, a snapshot their text, which needs no list of members.
 */
final class MembersWriter extends CellWriter {

    private final boolean set;
    private final int bytes;
    private final CharacterSet charset;
    private final byte[][] members;
    private final TextBuffer utf8 = new TextBuffer();

    MembersWriter(ColumnLayout column) {
        super(column);
        set = column.type() == MySqlType.SET;
        bytes = column.size();
        charset = charset(column);
        Stream<String> names = column.members().stream();
        members = (set ? names : Stream.concat(Stream.of(""), names))
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        if (bytes < 1 || bytes > Long.BYTES) {
            throw unreadable("has cells of " + bytes + " bytes, which are no members of a list");
        }
    }

    @Override
    public int binary(Cells cells, JsonGenerator json) throws IOException {
        long number = cells.little(bytes);
        utf8.clear();
        if (set) {
            add(number);
        } else if (number >= 0 && number < members.length) {
            add(members[(int) number]);
        } else {
            throw unknownMember();
        }
        return utf8.write(json);
    }

    @Override
    public int text(byte[] text, JsonGenerator json) throws IOException {
        utf8.clear();
        utf8.added(charset.toUtf8(text, 0, text.length, utf8.room(text.length * CharacterSet.MOST_PER_BYTE), 0));
        return utf8.write(json);
    }

    private void add(long bits) {
        if (members.length < Long.SIZE && bits >>> members.length != 0) {
            throw unknownMember();
        }
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            if (rest != bits) {
                utf8.add(',');
            }
            add(members[Long.numberOfTrailingZeros(rest)]);
        }
    }

    private void add(byte[] member) {
        utf8.add(member, 0, member.length);
    }

    private UnreadableEvent unknownMember() {
        return unreadable("has a member that is not in its list of " + (set ? members.length : members.length - 1));
    }
}
