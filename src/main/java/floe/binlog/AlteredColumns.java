package floe.binlog;

import floe.binlog.SqlWords.Word;
import floe.change.Column;
import floe.change.MadeKey;
import floe.change.ShapeChange;
import floe.change.TableShape;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an ALTER TABLE says of the columns and the key of its table, as far as its words tell. In doubt it says more. */
final class AlteredColumns {

    private static final String ALTER_TABLE = "ALTER TABLE ... ";

    /** After ADD and DROP these are no column. */
    private static final Set<String> NO_COLUMN = Set.of(
            "INDEX",
            "KEY",
            "UNIQUE",
            "FULLTEXT",
            "SPATIAL",
            "PRIMARY",
            "CONSTRAINT",
            "FOREIGN",
            "CHECK",
            "PARTITION",
            "DEFAULT");

    private final Set<String> dropped = new HashSet<>();
    private final Set<String> modified = new HashSet<>();
    private boolean renames;
    private boolean fills;
    private boolean converts;
    private boolean rekeys;

    private final List<Word> words;
    /** Whether what stands here is of a new column. */
    private boolean adding;

    /** @param words those behind the name of the table */
    AlteredColumns(List<Word> words) {
        this.words = words;
        for (int at = 0; at < words.size(); at++) {
            read(at);
        }
    }

    /**
     * How the rows that were there may differ after it, without any value of a row; empty if each keeps what it has.
     *
     * @param before null if that is not known
     * @param after the table after this statement, and maybe after others that follow it
     */
    Optional<String> rowsChanged(TableShape before, TableShape after) {
        if (renames) {
            return Optional.of(ALTER_TABLE + "RENAME COLUMN");
        }
        if (after.columns().stream().anyMatch(column -> dropped.contains(folded(column.name())))) {
            return Optional.of(ALTER_TABLE + "DROP and ADD of one name");
        }
        if (after.columns().stream()
                .filter(Column::generated)
                .anyMatch(column -> modified.contains(folded(column.name())))) {
            return Optional.of(ALTER_TABLE + "MODIFY of a generated column");
        }
        if (before == null) {
            return fills || converts || rekeys || !modified.isEmpty() || after.made() == MadeKey.HASH
                    ? Optional.of(ALTER_TABLE + "one of several, of which any may have changed old rows")
                    : Optional.empty();
        }
        return ShapeChange.ofRows(before, after).map(how -> ALTER_TABLE + how);
    }

    private void read(int at) {
        Word word = words.get(at);
        if (word.quoted() || word.depth() > 1) {
            return;
        }
        if (word.depth() == 0) {
            clause(word, at);
        }
        fills |= adding && isValue(word, at);
    }

    private void clause(Word word, int at) {
        switch (word.text().toUpperCase(Locale.ROOT)) {
            case "ADD" -> adding = isColumn(at);
            case "DROP" -> {
                adding = false;
                if (isColumn(at)) {
                    dropped.add(column(at));
                }
            }
            case "MODIFY" -> {
                adding = false;
                modified.add(column(at));
            }
            case "CHANGE" -> {
                adding = false;
                String name = column(at);
                renames |= !name.equals(textAt(place(at) + 1));
                modified.add(name);
            }
            case "RENAME" -> {
                adding = false;
                renames |= is(at + 1, "COLUMN");
            }
            case "CONVERT" -> converts = true;
            case "ALTER" -> adding = false;
            case "PRIMARY" -> rekeys = true;
            default -> {
                // Part of a definition, or an option of the table.
            }
        }
    }

    private boolean isValue(Word word, int at) {
        return (word.is("DEFAULT") && !is(at + 1, "NULL"))
                || (word.is("NOT") && is(at + 1, "NULL"))
                || word.is("AS")
                || word.is("AUTO_INCREMENT")
                || word.is("SERIAL");
    }

    private boolean isColumn(int at) {
        int place = place(at);
        return place < words.size()
                && (words.get(place).quoted()
                        || !NO_COLUMN.contains(words.get(place).text().toUpperCase(Locale.ROOT)));
    }

    /** Where the name behind a verb stands. */
    private int place(int at) {
        return is(at + 1, "COLUMN") ? at + 2 : at + 1;
    }

    private String column(int at) {
        return textAt(place(at));
    }

    private String textAt(int place) {
        return place < words.size() ? folded(words.get(place).text()) : "";
    }

    private boolean is(int place, String keyword) {
        return place < words.size() && words.get(place).is(keyword);
    }

    /** Names of columns differ in more than case. */
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
