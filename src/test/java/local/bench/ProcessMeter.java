package local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has used so far, by Linux's own account.
 *
 * @param cpuSeconds in user and kernel mode, of all its threads
 * @param peakMegabytes the most memory that was resident at once, in MiB
 * @see <a href="https://man7.org/linux/man-pages/man5/proc.5.html">proc(5)</a>
 */
public record ProcessMeter(double cpuSeconds, long peakMegabytes) {

    /** USER_HZ, which is 100 on every Linux that a JVM runs on. */
    private static final double TICKS_A_SECOND = 100;

    private static final int UTIME = 11;

    /** What this process has used. */
    static ProcessMeter ofThis() throws IOException {
        return of(ProcessHandle.current().pid());
    }

    public static ProcessMeter of(long pid) throws IOException {
        Path process = Path.of("/proc", String.valueOf(pid));
        String stat = Files.readString(process.resolve("stat"));
        // The second field, a name in parentheses, may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1]);
        long peakKilobytes = Files.readAllLines(process.resolve("status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
        return new ProcessMeter(ticks / TICKS_A_SECOND, peakKilobytes / 1024);
    }
}
