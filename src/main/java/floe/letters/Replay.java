package floe.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import floe.aws.AwsClients;
import floe.change.Digest;
import floe.change.TableId;
import floe.staging.ObjectKey;
import floe.staging.Places;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Puts dead letters back to the staging prefix.
 *
 * <p>For each object of dead letters: their events are staged, then the letters are kept under the replayed prefix, then
 * they leave the dead-letter prefix. Both copies are named by what they hold. So whatever ends it between two steps,
 * nothing is lost, and doing it again does the same.
 */
public final class Replay {

    /**
     * Which dead letters; null selects all.
     *
     * @param file key of a staged file, with or without the staging prefix
     * @param since the first time at which they were given up
     * @param until the first time that is too late
     */
    public record Selection(TableId table, String file, Instant since, Instant until) {}

    /**
     * What was done.
     *
     * @param damaged letters that were selected but do not hold their line as the file does: they stay where they are
     */
    public record Outcome(int replayed, int damaged) {}

    /** Names of staged files that hold replayed events begin with this. */
    private static final String FOLDER = "replayed/";

    /** Of the digest of what is put back, 64. */
    private static final int DIGITS = 16;

    private final AwsClients clients;
    private final Places places;

    /** @param places say where dead letters are, and where files are staged */
    public Replay(AwsClients clients, Places places) {
        this.clients = clients;
        this.places = places;
    }

    /**
     * Replays what is selected.
     *
     * @param dryRun whether only to tell
     * @param told takes one line for each letter
     */
    public Outcome run(Selection selection, boolean dryRun, Consumer<String> told) {
        S3Client letters = clients.s3(places.letterBucket());
        int replayed = 0;
        int damaged = 0;
        for (S3Object object : letters.listObjectsV2Paginator(request -> request.bucket(places.letterBucket())
                        .prefix(places.letterPrefix())
                        .encodingType(EncodingType.URL))
                .contents()) {
            List<KeptLetter> chosen = new ArrayList<>();
            List<KeptLetter> rest = new ArrayList<>();
            for (KeptLetter letter : read(letters, object.key())) {
                boolean selected = isSelected(letter, selection);
                damaged += selected && !letter.whole() ? 1 : 0;
                (selected && letter.whole() ? chosen : rest).add(letter);
            }
            chosen.forEach(letter -> told.accept(letter.file() + " line " + letter.line() + ": " + letter.reason()));
            replayed += chosen.size();
            if (!dryRun && !chosen.isEmpty()) {
                replay(letters, object.key(), chosen, rest);
            }
        }
        return new Outcome(replayed, damaged);
    }

    private void replay(S3Client letters, String key, List<KeptLetter> chosen, List<KeptLetter> rest) {
        String events = lines(chosen, KeptLetter::positionedEvents);
        String file = key.substring(
                places.letterPrefix().length(), Math.max(places.letterPrefix().length(), key.lastIndexOf('/')));
        String ending = String.format(
                Locale.ROOT,
                "/%010d-%s.ndjson",
                chosen.get(0).line(),
                Digest.of(events).substring(0, DIGITS));
        String folder = places.prefix() + (file.startsWith(FOLDER) ? "" : FOLDER);
        put(clients.s3(places.bucket()), places.bucket(), ObjectKey.of(folder, file, ending), events);
        put(
                letters,
                places.letterBucket(),
                ObjectKey.of(places.replayedPrefix(), file, ending),
                lines(chosen, KeptLetter::text));
        if (rest.isEmpty()) {
            letters.deleteObject(
                    request -> request.bucket(places.letterBucket()).key(key));
        } else {
            put(letters, places.letterBucket(), key, lines(rest, KeptLetter::text));
        }
    }

    private boolean isSelected(KeptLetter letter, Selection selection) {
        return (selection.file() == null
                        || letter.file().equals(selection.file())
                        || letter.file().equals(places.prefix() + selection.file()))
                && (selection.since() == null || !letter.time().isBefore(selection.since()))
                && (selection.until() == null || letter.time().isBefore(selection.until()))
                && (selection.table() == null || selection.table().equals(letter.table()));
    }

    private List<KeptLetter> read(S3Client s3, String key) {
        String content;
        try {
            content = s3.getObjectAsBytes(
                            request -> request.bucket(places.letterBucket()).key(key))
                    .asString(UTF_8);
        } catch (NoSuchKeyException e) {
            // Another replay was faster.
            return List.of();
        }
        List<KeptLetter> letters = new ArrayList<>();
        for (String line : content.split("\n", -1)) {
            if (!line.isBlank()) {
                letters.add(letter(key, line));
            }
        }
        return letters;
    }

    private static KeptLetter letter(String key, String line) {
        try {
            return KeptLetter.read(line);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(key + " holds something that is no dead letter; move it elsewhere", e);
        }
    }

    private static String lines(List<KeptLetter> letters, Function<KeptLetter, String> line) {
        StringBuilder lines = new StringBuilder();
        letters.forEach(letter -> lines.append(line.apply(letter)).append('\n'));
        return lines.toString();
    }

    private static void put(S3Client s3, String bucket, String key, String content) {
        s3.putObject(
                request -> request.bucket(bucket).key(key).contentType("application/x-ndjson"),
                RequestBody.fromString(content, UTF_8));
    }
}
