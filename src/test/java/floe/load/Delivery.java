package floe.load;

import floe.staging.StagedFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Files of event lines as they may reach S3: in any order, some lines and some whole files more than once. */
final class Delivery {

    /** One staged file. */
    record Staged(StagedFile file, String content) {}

    private Delivery() {}

    /** Each line at least once, cut into files at random. */
    static List<Staged> of(List<String> lines, Random random) {
        List<String> delivered = new ArrayList<>(lines);
        int again = lines.isEmpty() ? 0 : random.nextInt(1 + lines.size() / 2);
        for (int i = 0; i < again; i++) {
            delivered.add(lines.get(random.nextInt(lines.size())));
        }
        if (random.nextInt(4) > 0) {
            Collections.shuffle(delivered, random);
        }
        List<Staged> files = new ArrayList<>();
        int from = 0;
        while (from < delivered.size()) {
            int to = Math.min(delivered.size(), from + 1 + random.nextInt(1 + delivered.size() / 2));
            files.add(file(files.size(), delivered.subList(from, to)));
            from = to;
        }
        int replayed = random.nextInt(3);
        for (int i = 0; i < replayed && !files.isEmpty(); i++) {
            files.add(files.get(random.nextInt(files.size())));
        }
        Collections.shuffle(files, random);
        return files;
    }

    /** The {@code number}th file that Firehose stored. */
    static Staged file(int number, List<String> lines) {
        Instant stored = Instant.ofEpochSecond(1_795_000_000L + number);
        return new Staged(new StagedFile("staging/", "file-" + number, stored), String.join("\n", lines));
    }
}
