package local.life;

import java.util.Map;
import java.util.Random;

/** Texts that a character set can hold. */
final class Characters {

    private static final String ASCII =
            "abcdefghijklmnopqrstuvwxyzABCDEFXYZ0123456789 _-.,;:!?'\"\\/%&()[]{}<>|#+*=@$^~`";

    /** Beyond ASCII; of sets that are not here nothing is taken but ASCII. */
    private static final Map<String, String> OTHERS = Map.ofEntries(
            Map.entry("latin1", "äöüßÄÖÜéèñçÿ€„“–\u0081\u008d\u009d½¿"),
            Map.entry("latin2", "ąćęłńóśźżčřšžÁÍ"),
            Map.entry("cp1250", "ąćęłńóśźżčřšž€„"),
            Map.entry("cp850", "äöüÄÖÜéßñ½░"),
            Map.entry("cp1251", "ЖжЯяїЄ€№"),
            Map.entry("koi8r", "ЖжЯяЁё─│"),
            Map.entry("koi8u", "ЖжЯяїЄґІ"),
            Map.entry("greek", "αβγΩώΐ"),
            Map.entry("hebrew", "אבגדהש"),
            Map.entry("gbk", "汉字简体龙中"),
            Map.entry("euckr", "한국어갂나"),
            Map.entry("ujis", "日本語カナ漢字"),
            Map.entry("sjis", "日本語カナ漢字"),
            Map.entry("utf8", "äöüßé日本語\u0301Жא﷽…\u2028\ufeff"),
            Map.entry("ucs2", "äöüßé日本語\u0301Жא﷽"),
            Map.entry("utf16", "äöüßé日本語\u0301Жא😀𝒳"),
            Map.entry("utf32", "äöüßé日本語\u0301Жא😀𝒳"),
            Map.entry("utf8mb4", "äöüßé日本語\u0301Жא﷽😀👩\u200d👧𝒳\u2028"));

    private static final String[] EASILY_MISTAKEN = {
        "",
        " ",
        "a ",
        "NULL",
        "null",
        "0",
        "O'Brien",
        "say \"hi\"",
        "back\\slash",
        "line\nbreak",
        "\r\n",
        "tab\t",
        "\0",
        "\u001a",
        "\u0001",
        "{\"a\": 1}",
        "<b>",
        "-- ",
        "\\N",
        "\\'",
        "2024-02-30",
        "1e3",
        "true"
    };

    private Characters() {}

    /** A text of at most {@code longest} characters; one in ten is one that software easily gets wrong. */
    static String text(String charset, long longest, Random random) {
        if (random.nextInt(10) == 0) {
            String mistaken = EASILY_MISTAKEN[random.nextInt(EASILY_MISTAKEN.length)];
            return mistaken.length() <= longest ? mistaken : "";
        }
        long most = Math.min(longest, random.nextInt(40) == 0 ? 3000 : 25);
        return characters(charset, (int) (random.nextInt(8) == 0 ? most : random.nextInt((int) most + 1)), random);
    }

    /** A text that is unlikely to be there twice, if so many characters allow it; its case and accents vary. */
    static String name(String charset, long longest, Random random) {
        String number = Integer.toString(random.nextInt(200_000), Character.MAX_RADIX);
        String text = characters(charset, random.nextInt(6), random) + number;
        int from =
                text.offsetByCodePoints(text.length(), -(int) Math.min(longest, text.codePointCount(0, text.length())));
        return random.nextBoolean()
                ? text.substring(from)
                : text.substring(from).strip();
    }

    private static String characters(String charset, int count, Random random) {
        int[] others = OTHERS.getOrDefault(charset, ASCII).codePoints().toArray();
        int share = random.nextInt(3);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            if (random.nextInt(4) < share) {
                text.appendCodePoint(others[random.nextInt(others.length)]);
            } else {
                text.append(ASCII.charAt(random.nextInt(random.nextInt(5) == 0 ? ASCII.length() : 26)));
            }
        }
        return text.toString();
    }
}
