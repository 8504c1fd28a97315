package local.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one run measured.
 *
 * @param bench which run
 * @param rows changes of rows that went through
 * @param seconds from the first to the last of them
 * @param bytes of the lines; 0 where there are none
 * @param cpuSeconds of the process under measurement from its start, the JVM's own start included
 * @param peakMegabytes the most resident memory of that process, in MiB
 * @param calls of the service it talks to; 0 for none
 * @param more figures of this bench only, by name
 */
record Measurement(
        String bench,
        long rows,
        double seconds,
        long bytes,
        double cpuSeconds,
        long peakMegabytes,
        long calls,
        Map<String, Number> more) {

    double rowsPerSecond() {
        return rows / seconds;
    }

    double megabytesPerSecond() {
        return bytes / seconds / 1_000_000;
    }

    /** All figures by their names in the output of {@code --json}. */
    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("bench", bench);
        figures.put("rows", rows);
        figures.put("seconds", rounded(seconds));
        figures.put("rows_per_s", Math.round(rowsPerSecond()));
        figures.put("mb_per_s", rounded(megabytesPerSecond()));
        figures.put("cpu_s", rounded(cpuSeconds));
        figures.put("peak_rss_mb", peakMegabytes);
        figures.put("calls", calls);
        figures.put("bytes_per_row", rows == 0 ? 0 : bytes / rows);
        figures.putAll(more);
        return figures;
    }

    private static double rounded(double figure) {
        return Math.round(figure * 100) / 100.0;
    }
}
