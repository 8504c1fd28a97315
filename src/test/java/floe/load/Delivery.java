package floe.load;

import floe.staging.StagedFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Files of event lines as they may reach S3: in any order, some lines and some whole files more than once. */
final class Delivery {

    /** One staged file. */
    record Staged(StagedFile file, String content) {}

    private Delivery() {}

    /** Each line at least once, cut into files at random. */
    static List<Staged> of(List<String> lines, Random random) {
        List<Staged> files = cut(repeated(lines, random), random);
        int replayed = random.nextInt(3);
        for (int i = 0; i < replayed && !files.isEmpty(); i++) {
            files.add(files.get(random.nextInt(files.size())));
        }
        Collections.shuffle(files, random);
        return files;
    }

    /**
     * The same, but that each snapshot ends on a lane behind all of its rows there, as it does where the lane's lines are
     * loaded in their order.
     *
     * @param beginsFirst whether snapshots begin before anything else comes
     */
    static List<Staged> endingBehindRows(
            List<String> lines, List<Source.Open> snapshots, boolean beginsFirst, Random random) {
        Map<String, Set<String>> rowsBefore = new HashMap<>();
        for (Source.Open snapshot : snapshots) {
            for (int lane = 0; lane < snapshot.ends().size(); lane++) {
                rowsBefore.put(snapshot.ends().get(lane), snapshot.rows(lane));
            }
        }
        Set<String> came = new HashSet<>();
        List<String> delivered = new ArrayList<>();
        List<String> early = new ArrayList<>();
        for (String line : repeated(lines, random)) {
            if (!came.containsAll(rowsBefore.getOrDefault(line, Set.of()))) {
                early.add(line);
                continue;
            }
            came.add(line);
            delivered.add(line);
            List<String> due = early.stream()
                    .filter(end -> came.containsAll(rowsBefore.get(end)))
                    .toList();
            early.removeAll(due);
            delivered.addAll(due);
        }
        if (beginsFirst) {
            delivered.sort(Comparator.comparing(line -> !line.contains("{\"step\":\"begin\"}")));
        }
        List<Staged> files = cut(delivered, random);
        int replayed = random.nextInt(3);
        for (int i = 0; i < replayed && !files.isEmpty(); i++) {
            int again = random.nextInt(files.size());
            files.add(again + random.nextInt(files.size() - again) + 1, files.get(again));
        }
        return files;
    }

    private static List<String> repeated(List<String> lines, Random random) {
        List<String> delivered = new ArrayList<>(lines);
        int again = lines.isEmpty() ? 0 : random.nextInt(1 + lines.size() / 2);
        for (int i = 0; i < again; i++) {
            delivered.add(lines.get(random.nextInt(lines.size())));
        }
        if (random.nextInt(4) > 0) {
            Collections.shuffle(delivered, random);
        }
        return delivered;
    }

    private static List<Staged> cut(List<String> delivered, Random random) {
        List<Staged> files = new ArrayList<>();
        int from = 0;
        while (from < delivered.size()) {
            int to = Math.min(delivered.size(), from + 1 + random.nextInt(1 + delivered.size() / 2));
            files.add(file(files.size(), delivered.subList(from, to)));
            from = to;
        }
        return files;
    }

    /** The {@code number}th file that Firehose stored. */
    static Staged file(int number, List<String> lines) {
        Instant stored = Instant.ofEpochSecond(1_795_000_000L + number);
        return new Staged(new StagedFile("staging/", "file-" + number, stored), String.join("\n", lines));
    }
}
