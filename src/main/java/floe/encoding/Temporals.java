package floe.encoding;

import floe.binlog.Cells;

/**
 * MySQL's bytes of dates and times, and their text.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/my__time_8cc.html">my_time.cc</a>
 */
final class Temporals {

    private static final int SECONDS_OF_DAY = 86_400;

    private Temporals() {}

    /** Of three bytes: 15 bits of the year, 4 of the month, 5 of the day. */
    static void date(int packed, TextBuffer text) {
        date(packed >> 9, (packed >> 5) & 15, packed & 31, text);
    }

    /** Of three bytes and those of the fraction, together one number, from which a constant is to be taken away. */
    static void time(Cells cells, int digits, TextBuffer text) {
        int shift = fractionBytes(digits) * Byte.SIZE;
        long signed = cells.big(3 + fractionBytes(digits)) - (0x80_0000L << shift);
        if (signed < 0) {
            text.add('-');
        }
        long packed = Math.abs(signed);
        clock(packed >> shift, text);
        fraction(packed & (1L << shift) - 1, digits, text);
    }

    /** Of five bytes and those of the fraction. */
    static void dateTime(Cells cells, int digits, TextBuffer text) {
        long packed = cells.big(5) - 0x80_0000_0000L;
        dateTime(packed, text);
        fraction(cells, digits, text);
    }

    /** Of four bytes, the seconds since 1970, and those of the fraction. */
    static void timestamp(Cells cells, int digits, TextBuffer text) {
        instant(cells.big(4), text);
        fraction(cells, digits, text);
    }

    /** The second 0 stands for no time at all, as no TIMESTAMP can be so early. */
    static void instant(long seconds, TextBuffer text) {
        if (seconds == 0) {
            text.add("0000-00-00 00:00:00");
            return;
        }
        day((int) (seconds / SECONDS_OF_DAY), text);
        int second = (int) (seconds % SECONDS_OF_DAY);
        text.add(' ');
        clock(second / 3600, second / 60 % 60, second % 60, text);
    }

    /** As tables from before MySQL 5.6.4 have it: three bytes, the lowest first, with the decimal digits HHMMSS. */
    static void oldTime(Cells cells, TextBuffer text) {
        int signed = cells.u3() << 8 >> 8;
        if (signed < 0) {
            text.add('-');
        }
        int time = Math.abs(signed);
        clock(time / 10_000, time / 100 % 100, time % 100, text);
    }

    /** As tables from before MySQL 5.6.4 have it: the decimal digits YYYYMMDDHHMMSS. */
    static void oldDateTime(long packed, TextBuffer text) {
        int day = (int) (packed / 1_000_000);
        int time = (int) (packed % 1_000_000);
        date(day / 10_000, day / 100 % 100, day % 100, text);
        text.add(' ');
        clock(time / 10_000, time / 100 % 100, time % 100, text);
    }

    /** 17 bits of year and month, 5 of the day, 17 of the time of day. */
    static void dateTime(long packed, TextBuffer text) {
        day(packed >> 17, text);
        text.add(' ');
        clock(packed & 0x1_ffff, text);
    }

    /** 17 bits of year and month, which count 13 a year, 5 of the day. */
    static void day(long packed, TextBuffer text) {
        int months = (int) (packed >> 5);
        date(months / 13, months % 13, (int) packed & 31, text);
    }

    /** 5 bits of the hour, or more of a TIME, 6 of the minute, 6 of the second. */
    static void clock(long packed, TextBuffer text) {
        clock((int) (packed >> 12), ((int) packed >> 6) & 63, (int) packed & 63, text);
    }

    static void date(int year, int month, int day, TextBuffer text) {
        text.digits(year, 4).add('-').digits(month, 2).add('-').digits(day, 2);
    }

    private static void clock(int hours, int minutes, int seconds, TextBuffer text) {
        text.digits(hours, 2).add(':').digits(minutes, 2).add(':').digits(seconds, 2);
    }

    private static void fraction(Cells cells, int digits, TextBuffer text) {
        if (digits > 0) {
            fraction(cells.big(fractionBytes(digits)), digits, text);
        }
    }

    /** As many pairs of digits as it takes: of an odd number of digits the last one of the pair is zero. */
    private static void fraction(long pairs, int digits, TextBuffer text) {
        if (digits > 0) {
            text.add('.').digits((digits & 1) == 0 ? pairs : pairs / 10, digits);
        }
    }

    private static int fractionBytes(int digits) {
        return (digits + 1) / 2;
    }

    /**
     * The date of so many days after 1970-01-01, by the calendar's cycles of 400 years that begin with a March.
     *
     * @see <a href="https://howardhinnant.github.io/date_algorithms.html#civil_from_days">civil_from_days</a>
     */
    private static void day(int days, TextBuffer text) {
        int shifted = days + 719_468;
        int cycle = shifted / 146_097;
        int ofCycle = shifted % 146_097;
        int year = (ofCycle - ofCycle / 1460 + ofCycle / 36_524 - ofCycle / 146_096) / 365;
        int ofYear = ofCycle - (365 * year + year / 4 - year / 100);
        int march = (5 * ofYear + 2) / 153;
        int month = march < 10 ? march + 3 : march - 9;
        date(year + cycle * 400 + (month <= 2 ? 1 : 0), month, ofYear - (153 * march + 2) / 5 + 1, text);
    }
}
