package floe.oversize;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import floe.aws.AwsClients;
import floe.change.Digest;
import floe.change.UnfitChange;
import floe.health.Stage;
import floe.kinesis.Lines;
import floe.kinesis.StreamSettings;
import floe.metrics.CaptureMeters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Keeps event lines that are too large for a record in S3, and fetches them again. Such an event carries a
 * {@code reference}, the key of the object that holds the whole line, in place of its {@code row}.
 *
 * <p>An object is named by the hash of what it holds, so storing a line twice is storing it once. None is ever deleted
 * here: archived files and dead letters go on naming it.
 */
public final class OversizeRows {

    private static final JsonFactory JSON = new JsonFactory();

    /** What follows the prefix in a key: the SHA-256 of the line. */
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}\\.json");

    private final AwsClients clients;
    private final OversizeSettings settings;
    private final int roomInRecord;
    private final Stage stage;
    private final CaptureMeters meters;

    /**
     * @param stream tells how long a line may be
     * @param stage is given a pulse for each row that is stored
     * @param meters count such rows
     */
    public OversizeRows(
            AwsClients clients, OversizeSettings settings, StreamSettings stream, Stage stage, CaptureMeters meters) {
        this.clients = clients;
        this.settings = settings;
        this.roomInRecord = stream.limits().roomForLine();
        this.stage = stage;
        this.meters = meters;
    }

    /**
     * The same lines, with a reference in place of each row that is too large; what they refer to is stored when this
     * returns.
     */
    public Lines store(Lines lines) {
        if (lines.longest() <= roomInRecord) {
            return lines;
        }
        Lines smaller = new Lines(lines.turn(), lines.beat());
        for (int line = 0; line < lines.count(); line++) {
            int start = lines.start(line);
            int length = lines.length(line);
            if (length <= roomInRecord) {
                smaller.add(lines.keyHash(line), lines.bytes(), start, length);
            } else {
                smaller.add(lines.keyHash(line), stored(Arrays.copyOfRange(lines.bytes(), start, start + length)));
            }
        }
        return smaller;
    }

    /**
     * The event line that {@code reference} stands for, without its newline.
     *
     * @param mostBytes the longest line to fetch
     * @throws UnfitChange if it is no key of such objects, if there is none, if it is larger, or not UTF-8
     */
    public String fetch(String reference, int mostBytes) {
        if (!reference.startsWith(settings.prefix())
                || !NAME.matcher(reference.substring(settings.prefix().length()))
                        .matches()) {
            throw new UnfitChange(
                    UnfitChange.Reason.NOT_AN_EVENT,
                    "The event refers to " + reference + ", which is no key of a row below " + settings.prefix());
        }
        try (var object = client().getObject(request -> request.bucket(bucket()).key(reference))) {
            long bytes = object.response().contentLength();
            if (bytes > mostBytes) {
                // Closing would first read all of it.
                object.abort();
                throw new UnfitChange(
                        UnfitChange.Reason.REFUSED_VALUE,
                        "The row in " + reference + " has " + bytes + " bytes; load.line-bytes allows " + mostBytes);
            }
            return text(object.readAllBytes()).stripTrailing();
        } catch (CharacterCodingException e) {
            throw new UnfitChange(UnfitChange.Reason.NOT_JSON, "The row in " + reference + " is not UTF-8");
        } catch (NoSuchKeyException e) {
            throw new UnfitChange(
                    UnfitChange.Reason.MISSING_ROW,
                    "The row of the event should be in " + reference + ", which is gone");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] utf8) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }

    private byte[] stored(byte[] line) {
        String reference = settings.prefix() + Digest.of(line) + ".json";
        String work = "storing a large row as " + reference;
        stage.pulse(work).beat("waiting for the answer of S3");
        try {
            client().putObject(
                            request -> request.bucket(bucket()).key(reference).contentType("application/json"),
                            RequestBody.fromBytes(line));
        } finally {
            stage.end(work);
        }
        meters.oversize();
        return withReference(line, reference);
    }

    private static byte[] withReference(byte[] line, String reference) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonParser event = JSON.createParser(line);
                JsonGenerator rest = JSON.createGenerator(bytes)) {
            event.nextToken();
            rest.writeStartObject();
            while (event.nextToken() == JsonToken.FIELD_NAME) {
                if (event.currentName().equals("row")) {
                    // Not read: it may be as long as MySQL allows.
                    event.nextToken();
                    event.skipChildren();
                } else {
                    rest.copyCurrentStructure(event);
                }
            }
            rest.writeStringField("reference", reference);
            rest.writeEndObject();
            rest.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private String bucket() {
        return settings.mandatoryBucket();
    }

    private S3Client client() {
        return clients.s3(bucket());
    }
}
