package routes;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import local.Forwarder;

/** An address in front of MySQL that spoils events of the binlog on their way, as a broken network or server may. */
final class BrokenBinlog implements AutoCloseable {

    private static final int COM_BINLOG_DUMP = 0x12;
    private static final int HEADER_BYTES = 19;

    /** What a text that is to be spoiled begins with. */
    static final String TEXT = "spoiled here";

    /** What befalls an event. */
    enum Fault {
        /** The connection ends in the middle of it. */
        CUT {
            @Override
            byte[] spoil(byte[] packet) {
                return null;
            }
        },
        /** Its length says more than there is. */
        LENGTH {
            @Override
            byte[] spoil(byte[] packet) {
                packet[1 + 9] = (byte) (packet[1 + 9] + 40);
                return packet;
            }
        },
        /** It says to be of a type that nobody knows. */
        TYPE {
            @Override
            byte[] spoil(byte[] packet) {
                packet[1 + 4] = (byte) 0xd9;
                return packet;
            }
        },
        /** One of its bytes is another one. */
        BYTE {
            @Override
            byte[] spoil(byte[] packet) {
                packet[packet.length - 10]++;
                return packet;
            }
        },
        /** The length of a text in it says more than there is. */
        CELL {
            @Override
            int place(byte[] packet) {
                return new String(packet, StandardCharsets.ISO_8859_1).indexOf(TEXT) - 1;
            }

            @Override
            byte[] spoil(byte[] packet) {
                packet[place(packet)] = (byte) 0xf0;
                return packet;
            }
        },
        /** It ends before its header does. */
        HEADER {
            @Override
            byte[] spoil(byte[] packet) {
                return Arrays.copyOf(packet, 7);
            }
        };

        /** Where it can befall this packet; negative if nowhere. */
        int place(byte[] packet) {
            return 0;
        }

        /** The packet as it arrives; null if it does not. */
        abstract byte[] spoil(byte[] packet);
    }

    private final Forwarder forwarder;
    private final AtomicReference<Fault> fault = new AtomicReference<>();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger type = new AtomicInteger();

    /** Listens on a free port, and passes everything on to this one until it is told otherwise. */
    BrokenBinlog(int port) throws IOException {
        forwarder = Forwarder.to(port, this::connection);
    }

    int port() {
        return forwarder.port();
    }

    /** Spoils one event of this type, after so many others of it. */
    void spoil(Fault next, int eventType, int others) {
        left.set(others);
        type.set(eventType);
        fault.set(next);
    }

    /** Whether nothing is left to spoil. */
    boolean hasStruck() {
        return fault.get() == null;
    }

    private Forwarder.Ways connection() {
        AtomicBoolean isDump = new AtomicBoolean();
        return new Forwarder.Ways(
                (client, server) -> copy(client, server, packet -> {
                    if (packet.length > 0 && packet[0] == COM_BINLOG_DUMP) {
                        isDump.set(true);
                    }
                    return packet;
                }),
                (server, client) -> copy(server, client, packet -> isDump.get() ? passed(packet) : packet));
    }

    private interface Step {
        byte[] take(byte[] packet);
    }

    private byte[] passed(byte[] packet) {
        Fault now = fault.get();
        if (now == null
                || packet.length < 1 + HEADER_BYTES
                || packet[0] != 0
                || (packet[5] & 0xff) != type.get()
                || now.place(packet) < 0) {
            return packet;
        }
        if (left.getAndDecrement() > 0 || !fault.compareAndSet(now, null)) {
            return packet;
        }
        return now.spoil(packet);
    }

    private static void copy(InputStream from, OutputStream to, Step step) throws IOException {
        DataInputStream in = new DataInputStream(from);
        while (true) {
            int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
            int sequence = in.readUnsignedByte();
            byte[] packet = step.take(in.readNBytes(length));
            if (packet == null) {
                write(to, length, sequence, new byte[] {0, 1});
                return;
            }
            write(to, packet.length, sequence, packet);
        }
    }

    private static void write(OutputStream to, int length, int sequence, byte[] bytes) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(new byte[] {(byte) length, (byte) (length >> 8), (byte) (length >> 16), (byte) sequence});
        whole.write(bytes);
        to.write(whole.toByteArray());
        to.flush();
    }

    @Override
    public void close() throws IOException {
        forwarder.close();
    }
}
