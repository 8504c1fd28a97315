package floe.binlog;

import floe.change.TableId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A TABLE_MAP event: how the rows that follow it lie in the binlog. With {@code binlog_row_metadata=FULL} it has the names of
 * the columns too, and is all that it takes to read them, as the table was at that place.
 *
 * @param number that rows refer to the table by, until the next TABLE_MAP of that number
 * @param key the places of the primary key's columns; empty if there is none, or with minimal metadata
 * @param full whether it has the full metadata
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/classmysql_1_1binlog_1_1event_1_1Table__map__event.html">
 *     Table_map_event</a>
 */
public record TableMap(long number, TableId table, List<MappedColumn> columns, List<Integer> key, boolean full) {

    /**
     * A column of it.
     *
     * @param name null with minimal metadata
     * @param type its number, that of a CHAR for ENUM and SET already replaced by theirs
     * @param metadata by type, as the event has it
     * @param unsigned whether a number has no sign, if the server gives YEAR no bit of its own; null for other types
     * @param unsignedBesideYear the same if it gives YEAR one
     * @param collation of a text, 63 for bytes; 0 where the event does not say it
     * @param members of an ENUM or SET, in the column's character set
     */
    public record MappedColumn(
            String name,
            int type,
            int metadata,
            Boolean unsigned,
            Boolean unsignedBesideYear,
            int collation,
            List<byte[]> members) {}

    private static final int NUMBER_BYTES = 6;

    static final int TINY = 1;
    static final int SHORT = 2;
    static final int LONG = 3;
    static final int FLOAT = 4;
    static final int DOUBLE = 5;
    static final int TIMESTAMP = 7;
    static final int LONGLONG = 8;
    static final int INT24 = 9;
    static final int DATE = 10;
    static final int TIME = 11;
    static final int DATETIME = 12;
    static final int YEAR = 13;
    static final int NEWDATE = 14;
    static final int VARCHAR = 15;
    static final int BIT = 16;
    static final int TIMESTAMP2 = 17;
    static final int DATETIME2 = 18;
    static final int TIME2 = 19;
    static final int TYPED_ARRAY = 20;
    static final int VECTOR = 242;
    static final int JSON = 245;
    static final int NEWDECIMAL = 246;
    static final int ENUM = 247;
    static final int SET = 248;
    static final int TINY_BLOB = 249;
    static final int MEDIUM_BLOB = 250;
    static final int LONG_BLOB = 251;
    static final int BLOB = 252;
    static final int VAR_STRING = 253;
    static final int STRING = 254;
    static final int GEOMETRY = 255;

    private static final int SIGNEDNESS = 1;
    private static final int DEFAULT_CHARSET = 2;
    private static final int COLUMN_CHARSET = 3;
    private static final int COLUMN_NAME = 4;
    private static final int SET_STR_VALUE = 5;
    private static final int ENUM_STR_VALUE = 6;
    private static final int SIMPLE_PRIMARY_KEY = 8;
    private static final int PRIMARY_KEY_WITH_PREFIX = 9;
    private static final int ENUM_AND_SET_DEFAULT_CHARSET = 10;
    private static final int ENUM_AND_SET_COLUMN_CHARSET = 11;

    public TableMap {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /** The number of the table that an event is of, a TABLE_MAP or one of rows. */
    public static long number(RawEvent event) {
        return event.head().little(NUMBER_BYTES);
    }

    /** The name of the table alone, which is all that matters for one that nobody captures. */
    public static TableId table(RawEvent event) {
        Cells body = event.body();
        body.skip(8);
        return name(body);
    }

    /** Whether two events of one table say the same: all but the number. */
    public static boolean saySame(RawEvent event, RawEvent other) {
        return Arrays.equals(
                event.bytes(),
                event.from() + NUMBER_BYTES,
                event.end(),
                other.bytes(),
                other.from() + NUMBER_BYTES,
                other.end());
    }

    /**
     * Reads it whole.
     *
     * @throws UnreadableEvent if it is not what the manual says
     */
    public static TableMap read(RawEvent event) {
        Cells body = event.body();
        long number = body.little(NUMBER_BYTES);
        body.skip(2);
        TableId table = name(body);
        int count = (int) body.packed();
        int[] types = new int[count];
        for (int i = 0; i < count; i++) {
            types[i] = body.u1();
        }
        int metadataEnd = (int) body.packed();
        metadataEnd += body.at();
        int[] metadata = new int[count];
        for (int i = 0; i < count; i++) {
            metadata[i] = metadata(types[i], body);
            if (types[i] == STRING) {
                int real = metadata[i] & 0xff;
                int low = metadata[i] >> 8;
                if (real == ENUM || real == SET) {
                    types[i] = real;
                    metadata[i] = low;
                } else {
                    // The length's two high bits are in the type's, inverted.
                    metadata[i] = low | (((real & 0x30) ^ 0x30) << 4);
                }
            }
        }
        if (body.at() != metadataEnd) {
            throw new UnreadableEvent("the description of " + table + " has a type of unknown metadata");
        }
        body.skip(RowImages.bitmapBytes(count));
        Options options = new Options(types);
        while (body.left() > 0) {
            int option = body.u1();
            int length = (int) body.packed();
            int from = body.skip(length);
            options.read(option, new Cells(body.bytes(), from, from + length));
        }
        List<MappedColumn> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            columns.add(options.column(i, metadata[i]));
        }
        return new TableMap(number, table, columns, options.key, options.names != null);
    }

    private static TableId name(Cells body) {
        String schema = new String(body.copy(body.u1()), StandardCharsets.UTF_8);
        body.skip(1);
        String table = new String(body.copy(body.u1()), StandardCharsets.UTF_8);
        body.skip(1);
        return new TableId(schema, table);
    }

    private static int metadata(int type, Cells body) {
        return switch (type) {
            case FLOAT,
                    DOUBLE,
                    BLOB,
                    TINY_BLOB,
                    MEDIUM_BLOB,
                    LONG_BLOB,
                    JSON,
                    GEOMETRY,
                    VECTOR,
                    TIMESTAMP2,
                    DATETIME2,
                    TIME2 -> body.u1();
            case VARCHAR, VAR_STRING, BIT, NEWDECIMAL, STRING, ENUM, SET -> body.u2();
            case TYPED_ARRAY -> {
                // Of an index over the elements of a JSON array; its type's metadata follow, by the type.
                int element = body.u1();
                yield element == VARCHAR ? body.u3() : metadata(element, body);
            }
            default -> 0;
        };
    }

    private static boolean isNumber(int type) {
        return switch (type) {
            case TINY, SHORT, INT24, LONG, LONGLONG, FLOAT, DOUBLE, NEWDECIMAL -> true;
            default -> false;
        };
    }

    /** VECTOR counts among them since it exists; JSON and GEOMETRY do not. */
    private static boolean isText(int type) {
        return switch (type) {
            case VARCHAR, VAR_STRING, STRING, BLOB, TINY_BLOB, MEDIUM_BLOB, LONG_BLOB, VECTOR -> true;
            default -> false;
        };
    }

    /** The part at the end, each option of which may be missing. */
    private static final class Options {

        private final int[] types;
        private String[] names;
        private final Boolean[] unsigned;
        private final Boolean[] unsignedBesideYear;
        private final int[] collations;
        private final List<List<byte[]>> members;
        private List<Integer> key = List.of();

        Options(int[] types) {
            this.types = types;
            this.unsigned = new Boolean[types.length];
            this.unsignedBesideYear = new Boolean[types.length];
            this.collations = new int[types.length];
            this.members = new ArrayList<>();
            for (int i = 0; i < types.length; i++) {
                members.add(List.of());
            }
        }

        MappedColumn column(int place, int metadata) {
            return new MappedColumn(
                    names == null ? null : names[place],
                    types[place],
                    metadata,
                    unsigned[place],
                    unsignedBesideYear[place],
                    collations[place],
                    members.get(place));
        }

        void read(int option, Cells value) {
            switch (option) {
                case SIGNEDNESS -> readSigns(value);
                case COLUMN_NAME -> readNames(value);
                case DEFAULT_CHARSET -> readDefault(value, TableMap::isText);
                case COLUMN_CHARSET -> readEach(value, TableMap::isText);
                case ENUM_AND_SET_DEFAULT_CHARSET -> readDefault(value, type -> type == ENUM || type == SET);
                case ENUM_AND_SET_COLUMN_CHARSET -> readEach(value, type -> type == ENUM || type == SET);
                case SET_STR_VALUE -> readMembers(value, SET);
                case ENUM_STR_VALUE -> readMembers(value, ENUM);
                case SIMPLE_PRIMARY_KEY, PRIMARY_KEY_WITH_PREFIX -> readKey(value, option);
                default -> {
                    // Kinds of geometry, whether columns are visible, how long vectors are: nothing that rows need.
                }
            }
        }

        private void readSigns(Cells value) {
            BitSet bits = new BitSet();
            for (int bit = 0; value.left() > 0; bit += 8) {
                int eight = value.u1();
                for (int i = 0; i < 8; i++) {
                    bits.set(bit + i, (eight & (0x80 >> i)) != 0);
                }
            }
            int number = 0;
            int numberBesideYear = 0;
            for (int i = 0; i < types.length; i++) {
                if (isNumber(types[i])) {
                    unsigned[i] = bits.get(number++);
                    unsignedBesideYear[i] = bits.get(numberBesideYear++);
                } else if (types[i] == YEAR) {
                    numberBesideYear++;
                }
            }
        }

        private void readNames(Cells value) {
            names = new String[types.length];
            for (int i = 0; i < names.length; i++) {
                names[i] = new String(value.copy((int) value.packed()), StandardCharsets.UTF_8);
            }
        }

        /** One collation for most, and the place among such columns and the collation of each other one. */
        private void readDefault(Cells value, java.util.function.IntPredicate has) {
            int most = (int) value.packed();
            List<Integer> places = new ArrayList<>();
            for (int i = 0; i < types.length; i++) {
                if (has.test(types[i])) {
                    places.add(i);
                    collations[i] = most;
                }
            }
            while (value.left() > 0) {
                int place = (int) value.packed();
                if (place >= places.size()) {
                    throw new UnreadableEvent("a description of columns names a column that it does not have");
                }
                collations[places.get(place)] = (int) value.packed();
            }
        }

        private void readEach(Cells value, java.util.function.IntPredicate has) {
            for (int i = 0; i < types.length && value.left() > 0; i++) {
                if (has.test(types[i])) {
                    collations[i] = (int) value.packed();
                }
            }
        }

        private void readMembers(Cells value, int type) {
            for (int i = 0; i < types.length && value.left() > 0; i++) {
                if (types[i] == type) {
                    int count = (int) value.packed();
                    List<byte[]> all = new ArrayList<>(count);
                    for (int member = 0; member < count; member++) {
                        all.add(value.copy((int) value.packed()));
                    }
                    members.set(i, all);
                }
            }
        }

        private void readKey(Cells value, int option) {
            key = new ArrayList<>();
            while (value.left() > 0) {
                int place = (int) value.packed();
                if (place >= types.length) {
                    throw new UnreadableEvent("a description of columns names a column that it does not have");
                }
                key.add(place);
                if (option == PRIMARY_KEY_WITH_PREFIX) {
                    value.packed();
                }
            }
        }
    }
}
