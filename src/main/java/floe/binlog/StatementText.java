package floe.binlog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Map;
import java.util.Optional;

/**
 * The text of a statement in the character set of the session that ran it. Names are always well formed, as MySQL refuses
 * others; what is in quotes may be any bytes, and must not hide where it ends.
 */
final class StatementText {

    /** Java's decoders for sets of several bytes: after the beginning of a character without its end they go on with the next byte. */
    private static final Map<String, String> OF_SEVERAL_BYTES = Map.of(
            "gbk", "GBK",
            "gb2312", "GB2312",
            "gb18030", "GB18030",
            "big5", "Big5",
            "euckr", "EUC-KR",
            "ujis", "EUC-JP",
            "eucjpms", "EUC-JP",
            "sjis", "windows-31j",
            "cp932", "windows-31j");

    private StatementText() {}

    /**
     * Reads it.
     *
     * @param charset the name of a character set; may be null
     * @return null if Floe does not know that character set
     */
    static String of(byte[] text, String charset) {
        if (charset == null) {
            return null;
        }
        Optional<CharacterSet> mysql = CharacterSet.of(charset);
        String name = OF_SEVERAL_BYTES.get(charset);
        if (name != null && Charset.isSupported(name)) {
            try {
                return Charset.forName(name)
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(text))
                        .toString();
            } catch (CharacterCodingException e) {
                // MySQL has characters that Java has not.
                return mysql.map(set -> set.text(text)).orElse(null);
            }
        }
        String read = mysql.map(set -> set.text(text)).orElse(null);
        // In swe7 a letter has the place of the quote around names, and MySQL takes it for that.
        return charset.equals("swe7") && read != null ? read.replace('é', '`') : read;
    }
}
