package routes;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

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

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Fault> fault = new AtomicReference<>();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger type = new AtomicInteger();

    private BrokenBinlog(ServerSocket listening, int target) {
        this.listening = listening;
        this.target = target;
    }

    /** Listens on a free port, and passes everything on to this one until it is told otherwise. */
    static BrokenBinlog before(int port) throws IOException {
        BrokenBinlog broken = new BrokenBinlog(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
        inThread(broken::accept);
        return broken;
    }

    int port() {
        return listening.getLocalPort();
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

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(server);
                AtomicReference<Boolean> isDump = new AtomicReference<>(false);
                inThread(() -> copy(client, server, packet -> {
                    if (packet.length > 0 && packet[0] == COM_BINLOG_DUMP) {
                        isDump.set(true);
                    }
                    return packet;
                }));
                inThread(() -> copy(server, client, packet -> isDump.get() ? passed(packet) : packet));
            }
        } catch (IOException e) {
            if (!listening.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
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

    private void copy(Socket from, Socket to, Step step) {
        try (from;
                to) {
            DataInputStream in = new DataInputStream(from.getInputStream());
            OutputStream out = to.getOutputStream();
            while (true) {
                int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
                int sequence = in.readUnsignedByte();
                byte[] packet = step.take(in.readNBytes(length));
                if (packet == null) {
                    out.write(new byte[] {
                        (byte) length, (byte) (length >> 8), (byte) (length >> 16), (byte) sequence, 0, 1
                    });
                    out.flush();
                    return;
                }
                ByteArrayOutputStream whole = new ByteArrayOutputStream();
                whole.write(new byte[] {
                    (byte) packet.length, (byte) (packet.length >> 8), (byte) (packet.length >> 16), (byte) sequence
                });
                whole.write(packet);
                out.write(whole.toByteArray());
                out.flush();
            }
        } catch (EOFException e) {
            // A side has closed it.
        } catch (IOException e) {
            // The same, in another way.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void inThread(Runnable task) {
        Thread thread = new Thread(task, "broken-binlog");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
