package floe.encoding;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import floe.binlog.Cells;
import floe.binlog.ColumnLayout;
import floe.binlog.MySqlType;
import java.io.IOException;
import java.util.stream.Stream;

/** ENUM and SET, as the text of the member, or of the members with commas between them; without a member the empty text. */
final class MembersWriter extends CellWriter {

    private static final SerializableString NONE = new SerializedString("");

    private final boolean set;
    private final int bytes;
    private final SerializableString[] members;

    MembersWriter(ColumnLayout column) {
        super(column);
        set = column.type() == MySqlType.SET;
        bytes = column.size();
        Stream<SerializableString> names = column.members().stream().map(SerializedString::new);
        members = (set ? names : Stream.concat(Stream.of(NONE), names)).toArray(SerializableString[]::new);
        if (bytes < 1 || bytes > Long.BYTES) {
            throw unreadable("has cells of " + bytes + " bytes, which are no members of a list");
        }
    }

    @Override
    public int binary(Cells cells, JsonGenerator json) throws IOException {
        return write(cells.little(bytes), json);
    }

    @Override
    public int text(byte[] text, JsonGenerator json) throws IOException {
        return write(whole(text), json);
    }

    private int write(long number, JsonGenerator json) throws IOException {
        if (set) {
            writeSet(number, json);
        } else if (number >= 0 && number < members.length) {
            json.writeString(members[(int) number]);
        } else {
            throw unknownMember();
        }
        return Hash.of(number);
    }

    private void writeSet(long bits, JsonGenerator json) throws IOException {
        if (members.length < Long.SIZE && bits >>> members.length != 0) {
            throw unknownMember();
        }
        if (bits == 0) {
            json.writeString(NONE);
        } else if (Long.bitCount(bits) == 1) {
            json.writeString(members[Long.numberOfTrailingZeros(bits)]);
        } else {
            StringBuilder text = new StringBuilder();
            for (long rest = bits; rest != 0; rest &= rest - 1) {
                text.append(text.length() == 0 ? "" : ",").append(members[Long.numberOfTrailingZeros(rest)].getValue());
            }
            json.writeString(text.toString());
        }
    }

    private RuntimeException unknownMember() {
        return unreadable("has a member that is not in its list of " + (set ? members.length : members.length - 1));
    }
}
