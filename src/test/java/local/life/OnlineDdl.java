package local.life;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import local.tables.Column;
import local.tables.Table;

/** Changes of definitions as tools make them for large tables: a copy under another name, and at last a swap of the names. */
final class OnlineDdl {

    private OnlineDdl() {}

    /** As gh-ost does: what is written meanwhile comes from the binlog, here by a comparison before the swap. */
    static Steps ghost(Table table, Fresh fresh) {
        if (!TableDdl.isFree(table) || table.key().isEmpty()) {
            return Steps.NONE;
        }
        String ghost = table.quoted("_" + table.name() + "_gho");
        String log = table.quoted("_" + table.name() + "_ghc");
        String old = table.quoted("_" + table.name() + "_del");
        return new Steps(List.of(
                List.of(
                        "DROP TABLE IF EXISTS " + ghost + ", " + log + ", " + old,
                        "CREATE TABLE " + log
                                + " (id BIGINT AUTO_INCREMENT PRIMARY KEY, last_update TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP"
                                + " ON UPDATE CURRENT_TIMESTAMP, hint VARCHAR(64) CHARACTER SET ascii NOT NULL, value VARCHAR(4096)"
                                + " CHARACTER SET ascii NOT NULL, UNIQUE KEY hint_uidx (hint)) AUTO_INCREMENT = 256",
                        "CREATE TABLE " + ghost + " LIKE " + table.quoted(),
                        "ALTER TABLE " + ghost + " ADD COLUMN " + Column.quoted(fresh.name())
                                + " INT NOT NULL DEFAULT 5",
                        "INSERT INTO " + log + " (hint, value) VALUES ('state', 'GhostTableMigrated')",
                        TableDdl.copied(table, ghost, "INSERT IGNORE INTO ") + " LIMIT 500"),
                List.of(
                        "REPLACE INTO " + log + " (hint, value) VALUES ('heartbeat', '2026-11-27T12:00:00')",
                        TableDdl.copied(table, ghost, "INSERT IGNORE INTO ")),
                List.of(
                        TableDdl.copied(table, ghost, "REPLACE INTO "),
                        "DELETE g FROM " + ghost + " g LEFT JOIN " + table.quoted() + " t ON "
                                + sameKey(table, "g", "t") + " WHERE t."
                                + Column.quoted(table.key().get(0)) + " IS NULL",
                        "RENAME TABLE " + table.quoted() + " TO " + old + ", " + ghost + " TO " + table.quoted(),
                        "DROP TABLE " + log,
                        "DROP TABLE " + old)));
    }

    /** As pt-online-schema-change does: triggers write what is written meanwhile to the copy, too. */
    static Steps triggers(Table table, Fresh fresh) {
        if (!TableDdl.isFree(table) || table.key().isEmpty()) {
            return Steps.NONE;
        }
        String copy = table.quoted("_" + table.name() + "_new");
        String old = table.quoted("_" + table.name() + "_old");
        String columns = TableDdl.written(table);
        String values =
                table.written().stream().map(column -> "NEW." + column.quoted()).collect(Collectors.joining(", "));
        List<String> names = Stream.of("ins", "upd", "del")
                .map(event -> table.quoted("pt_osc_" + table.name() + "_" + event))
                .toList();
        String copies = "REPLACE INTO " + copy + " (" + columns + ") VALUES (" + values + ")";
        String deletes = "DELETE IGNORE FROM " + copy + " WHERE " + sameKey(table, copy, "OLD");
        return new Steps(List.of(
                List.of(
                        "DROP TABLE IF EXISTS " + copy + ", " + old,
                        "CREATE TABLE " + copy + " LIKE " + table.quoted(),
                        "ALTER TABLE " + copy + " ADD COLUMN " + Column.quoted(fresh.name())
                                + " VARCHAR(9) DEFAULT 'by pt'",
                        "CREATE TRIGGER " + names.get(2) + " AFTER DELETE ON " + table.quoted() + " FOR EACH ROW "
                                + deletes,
                        "CREATE TRIGGER " + names.get(1) + " AFTER UPDATE ON " + table.quoted() + " FOR EACH ROW BEGIN "
                                + deletes + "; " + copies + "; END",
                        "CREATE TRIGGER " + names.get(0) + " AFTER INSERT ON " + table.quoted() + " FOR EACH ROW "
                                + copies),
                List.of("INSERT LOW_PRIORITY IGNORE INTO " + copy + " (" + columns + ") SELECT " + columns + " FROM "
                        + table.quoted() + " LOCK IN SHARE MODE"),
                List.of(
                        "RENAME TABLE " + table.quoted() + " TO " + old + ", " + copy + " TO " + table.quoted(),
                        "DROP TABLE IF EXISTS " + old,
                        "DROP TRIGGER IF EXISTS " + names.get(0),
                        "DROP TRIGGER IF EXISTS " + names.get(1),
                        "DROP TRIGGER IF EXISTS " + names.get(2))));
    }

    private static String sameKey(Table table, String one, String other) {
        return table.key().stream()
                .map(Column::quoted)
                .map(column -> one + "." + column + " <=> " + other + "." + column)
                .collect(Collectors.joining(" AND "));
    }
}
