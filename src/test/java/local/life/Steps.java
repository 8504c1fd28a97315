package local.life;

import java.util.List;

/**
 * Statements that change how a table is defined, in steps between which the table is used.
 *
 * @param steps each of them statements that follow one another at once; empty if the table has nothing to change so
 */
record Steps(List<List<String>> steps) {

    static final Steps NONE = new Steps(List.of());

    static Steps of(String... statements) {
        return new Steps(List.of(List.of(statements)));
    }
}
