package local.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Locale;
import java.util.Map;

/** Prints what was measured, as text or as one JSON object a line; progress goes to standard error. */
final class Output {

    private final boolean json;
    private final long began = System.nanoTime();
    private boolean headed;

    Output(boolean json) {
        this.json = json;
    }

    void progress(String text) {
        System.err.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - began) / 1e9, text);
    }

    Measurement add(Measurement measured) {
        Map<String, Object> figures = measured.figures();
        if (json) {
            try {
                System.out.println(new JsonMapper().writeValueAsString(figures));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        } else {
            printRow(figures);
        }
        return measured;
    }

    private void printRow(Map<String, Object> figures) {
        String format = "%-20s %9s %10s %8s %7s %7s %9s %7s  %s%n";
        if (!headed) {
            headed = true;
            System.out.printf(
                    format, "bench", "rows", "rows/s", "MB/s", "CPU s", "RSS MiB", "calls", "B/row", "and besides");
        }
        StringBuilder more = new StringBuilder();
        figures.entrySet().stream().skip(9).forEach(figure -> more.append(figure.getKey())
                .append('=')
                .append(figure.getValue())
                .append(' '));
        System.out.printf(
                format,
                figures.get("bench"),
                figures.get("rows"),
                figures.get("rows_per_s"),
                figures.get("mb_per_s"),
                figures.get("cpu_s"),
                figures.get("peak_rss_mb"),
                figures.get("calls"),
                figures.get("bytes_per_row"),
                more.toString().strip());
    }
}
