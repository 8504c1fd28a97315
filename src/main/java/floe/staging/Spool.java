package floe.staging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import software.amazon.awssdk.http.Abortable;

/**
 * Reads an object to its end before anything is done with it: what is done may take hours, and S3 closes a connection that
 * nobody reads from, while the other files wait for one. Up to {@value #MEMORY_BYTES} bytes are kept in memory, more on the
 * disk, in the folder {@code java.io.tmpdir}.
 */
public final class Spool {

    /** Of each file that is loaded at a time; most files are smaller. */
    static final int MEMORY_BYTES = 1 << 20;

    private static final int BUFFER_BYTES = 1 << 18;

    private Spool() {}

    /**
     * The whole content of {@code object}, which is closed when this returns or throws. What is on the disk has no name there,
     * and goes with the stream, or with the process.
     *
     * @param reading is run each time that some more was read
     * @throws UncheckedIOException if the object cannot be read, or not be kept
     */
    public static InputStream read(InputStream object, Runnable reading) {
        try {
            byte[] start = object.readNBytes(MEMORY_BYTES);
            InputStream whole =
                    start.length < MEMORY_BYTES ? new ByteArrayInputStream(start) : onDisk(start, object, reading);
            object.close();
            return whole;
        } catch (IOException e) {
            abort(object);
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            abort(object);
            throw e;
        }
    }

    private static InputStream onDisk(byte[] start, InputStream rest, Runnable reading) throws IOException {
        FileChannel file = file();
        try {
            write(file, start, start.length);
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = rest.read(buffer); read >= 0; read = rest.read(buffer)) {
                write(file, buffer, read);
                reading.run();
            }
            return Channels.newInputStream(file.position(0));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static FileChannel file() throws IOException {
        try {
            // Readable by this user alone, and gone from its folder as soon as it is open.
            Path path = Files.createTempFile("floe-", ".staged");
            return FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw notKept(e);
        }
    }

    private static void write(FileChannel file, byte[] bytes, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        try {
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        } catch (IOException e) {
            throw notKept(e);
        }
    }

    private static IOException notKept(IOException why) {
        return new IOException(
                "it cannot be kept in the folder java.io.tmpdir, " + System.getProperty("java.io.tmpdir") + ": "
                        + why.getMessage(),
                why);
    }

    private static void abort(InputStream object) {
        if (object instanceof Abortable transfer) {
            // Closing would first read the rest of the object.
            transfer.abort();
        }
    }
}
