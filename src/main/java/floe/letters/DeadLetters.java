package floe.letters;

import floe.change.UnfitChange;
import floe.progress.Work;
import floe.staging.LinePositions;
import floe.staging.StagedFile;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Lines of one file that cannot be applied, to be kept as one object: a step of loading that file.
 *
 * @param file the file that holds them
 * @param lines at least one
 */
public record DeadLetters(StagedFile file, List<DeadLetter> lines) implements Work {

    public DeadLetters {
        lines = List.copyOf(lines);
    }

    @Override
    public String doing() {
        return "keeping " + lines.size() + " dead letters";
    }

    /** Why the lines cannot be applied, one reason for each line. */
    public List<UnfitChange.Reason> reasons() {
        return lines.stream().map(DeadLetter::reason).toList();
    }

    /** The key of the object, without the dead-letter prefix: of file and first line, so that it is the same each time. */
    public String key() {
        return String.format(
                Locale.ROOT, "%s/%010d.ndjson", file.name(), lines.get(0).line());
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
