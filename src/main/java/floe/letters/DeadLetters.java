package floe.letters;

import floe.change.UnfitChange;
import floe.progress.Work;
import floe.staging.LinePositions;
import floe.staging.ObjectKey;
import floe.staging.StagedFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Lines of one file that cannot be applied, to be kept as one object: a step of loading that file.
 *
 * @param file the file that holds them
 * @param lines at least one
 */
public record DeadLetters(StagedFile file, List<DeadLetter> lines) implements Work {

    private static final int MOST_LETTERS = 1_000;
    private static final long MOST_CHARACTERS = 4_000_000;

    public DeadLetters {
        lines = List.copyOf(lines);
    }

    /** These, in as many objects as their size asks for. */
    public static List<DeadLetters> of(StagedFile file, Collection<DeadLetter> letters) {
        List<DeadLetters> objects = new ArrayList<>();
        List<DeadLetter> together = new ArrayList<>();
        long characters = 0;
        for (DeadLetter letter : letters) {
            together.add(letter);
            characters += letter.event().length();
            if (isFull(together.size(), characters)) {
                objects.add(new DeadLetters(file, together));
                together.clear();
                characters = 0;
            }
        }
        if (!together.isEmpty()) {
            objects.add(new DeadLetters(file, together));
        }
        return objects;
    }

    /** Whether so many letters, of so many characters, are enough for one object. */
    public static boolean isFull(int letters, long characters) {
        return letters >= MOST_LETTERS || characters >= MOST_CHARACTERS;
    }

    @Override
    public String doing() {
        return "keeping " + lines.size() + " dead letters";
    }

    /** Why the lines cannot be applied, one reason for each line. */
    public List<UnfitChange.Reason> reasons() {
        return lines.stream().map(DeadLetter::reason).toList();
    }

    /**
     * The key of the object: of the file, its first line here and what the file holds, so that it is the same each time, and
     * another one for another file that is called the same.
     *
     * @param prefix of the dead letters
     */
    public String key(String prefix) {
        long line = lines.get(0).line();
        String ending = file.version().isEmpty() ? "/%010d.ndjson" : "/%010d-%s.ndjson";
        return ObjectKey.of(prefix, file.name(), String.format(Locale.ROOT, ending, line, file.version()));
    }

    /** The content of the object: one {@link KeptLetter} a line. */
    public String ndjson() {
        StringBuilder text = new StringBuilder();
        LinePositions positions = new LinePositions(file);
        Instant now = Instant.now();
        for (DeadLetter letter : lines) {
            text.append(KeptLetter.write(file, letter, positions.of(letter.line()), now))
                    .append('\n');
        }
        return text.toString();
    }
}
