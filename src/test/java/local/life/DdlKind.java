package local.life;

import java.util.Locale;
import local.tables.Table;

/** A way to change how a table is defined. */
public enum DdlKind {
    ADD_NULL,
    ADD_DEFAULT,
    ADD_NOT_NULL,
    ADD_EXPRESSION_DEFAULT,
    ADD_GENERATED,
    ADD_INVISIBLE,
    ADD_PLACED,
    ADD_INSTANT,
    DROP_COLUMN,
    DROP_AND_ADD_COLUMN,
    RENAME_COLUMN,
    SWAP_COLUMN_NAMES,
    WIDEN,
    NARROW,
    SIGN,
    PRECISION,
    CHARACTER_SET,
    NULLABILITY,
    DEFAULT,
    APPEND_MEMBER,
    REORDER_MEMBERS,
    CHANGE,
    PRIMARY_KEY,
    KEY_TO_INDEX,
    DROP_KEY,
    INDEX,
    CONVERT,
    COMMENT,
    REBUILD,
    PARTITIONS,
    TRUNCATE,
    DROP_TABLE,
    DROP_AND_CREATE_TABLE,
    NEW_TABLE,
    CREATE_LIKE,
    CREATE_SELECT,
    RENAME_TABLE,
    SWAP_TABLES,
    GH_OST,
    PT_OSC;

    /** How this kind changes this table; none if it has nothing to change so. */
    Steps steps(Table table, Fresh fresh) {
        return switch (this) {
            case ADD_NULL -> ColumnDdl.addNull(table, fresh);
            case ADD_DEFAULT -> ColumnDdl.addDefault(table, fresh);
            case ADD_NOT_NULL -> ColumnDdl.addNotNull(table, fresh);
            case ADD_EXPRESSION_DEFAULT -> ColumnDdl.addExpressionDefault(table, fresh);
            case ADD_GENERATED -> ColumnDdl.addGenerated(table, fresh);
            case ADD_INVISIBLE -> ColumnDdl.addInvisible(table, fresh);
            case ADD_PLACED -> ColumnDdl.addPlaced(table, fresh);
            case ADD_INSTANT -> ColumnDdl.addInstant(table, fresh);
            case DROP_COLUMN -> ColumnDdl.drop(table, fresh);
            case DROP_AND_ADD_COLUMN -> ColumnDdl.dropAndAdd(table, fresh);
            case RENAME_COLUMN -> ColumnDdl.rename(table, fresh);
            case SWAP_COLUMN_NAMES -> ColumnDdl.swapNames(table, fresh);
            case WIDEN -> ColumnDdl.widen(table, fresh);
            case NARROW -> ColumnDdl.narrow(table, fresh);
            case SIGN -> ColumnDdl.changeSign(table, fresh);
            case PRECISION -> ColumnDdl.changePrecision(table, fresh);
            case CHARACTER_SET -> ColumnDdl.changeCharset(table, fresh);
            case NULLABILITY -> ColumnDdl.changeNullability(table, fresh);
            case DEFAULT -> ColumnDdl.changeDefault(table, fresh);
            case APPEND_MEMBER -> ColumnDdl.appendMember(table, fresh);
            case REORDER_MEMBERS -> ColumnDdl.reorderMembers(table, fresh);
            case CHANGE -> ColumnDdl.change(table, fresh);
            case PRIMARY_KEY -> TableDdl.primaryKey(table, fresh);
            case KEY_TO_INDEX -> TableDdl.keyToIndex(table, fresh);
            case DROP_KEY -> TableDdl.dropKey(table, fresh);
            case INDEX -> TableDdl.index(table, fresh);
            case CONVERT -> TableDdl.convert(table, fresh);
            case COMMENT -> TableDdl.comment(table, fresh);
            case REBUILD -> TableDdl.rebuild(table, fresh);
            case PARTITIONS -> TableDdl.partitions(table, fresh);
            case TRUNCATE -> TableDdl.truncate(table, fresh);
            case DROP_TABLE -> TableDdl.dropTable(table, fresh);
            case DROP_AND_CREATE_TABLE -> TableDdl.dropAndCreate(table, fresh);
            case NEW_TABLE -> TableDdl.newTable(table, fresh);
            case CREATE_LIKE -> TableDdl.createLike(table, fresh);
            case CREATE_SELECT -> TableDdl.createSelect(table, fresh);
            case RENAME_TABLE -> TableDdl.rename(table, fresh);
            case SWAP_TABLES -> TableDdl.swap(table, fresh);
            case GH_OST -> OnlineDdl.ghost(table, fresh);
            case PT_OSC -> OnlineDdl.triggers(table, fresh);
        };
    }

    /** Its name as people write it, such as {@code add-null}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
