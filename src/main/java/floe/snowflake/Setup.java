package floe.snowflake;

import floe.change.TableId;
import floe.change.TableShape;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes Snowflake ready to mirror tables. Every statement may be repeated; tables that are there are kept with their
 * rows. Databases and schemas are not Floe's to create.
 */
public final class Setup {

    /**
     * MySQL table and its mirror.
     *
     * @param source the MySQL table
     * @param shape how it is defined; null if it is not there yet: an event will tell of it
     * @param byRow whether it also has the procedures that take one change a call
     */
    public record Mirror(TableId source, TableShape shape, SnowflakeName table, boolean byRow) {

        /** A mirror that takes changes in batches alone. */
        public Mirror(TableId source, TableShape shape, SnowflakeName table) {
            this(source, shape, table, false);
        }

        /** Without a shape, what is known of the table is made as its owner wants it now. */
        Evolution evolution() {
            return shape == null ? Evolution.anew(source, table) : Evolution.bySetup(source, shape, table);
        }

        /** Takes away what its owner wants no more. */
        Evolution look() {
            return Evolution.look(source, table);
        }

        List<String> byRowStatements() {
            return byRow && shape != null ? RowProcedures.statements(source, shape, table) : List.of();
        }

        /**
         * What makes it, once its schema is ready and it is listed there.
         *
         * @throws WrongTable if it cannot be mirrored
         */
        List<String> statements() {
            List<String> statements = new ArrayList<>();
            statements.add(evolution().script());
            statements.add(look().script());
            statements.addAll(byRowStatements());
            return statements;
        }
    }

    /** How it is with one table. */
    public enum State {
        NEW("new"),
        CHANGED("changed"),
        MADE("made"),
        SAME("as it was"),
        ABSENT("not there in MySQL"),
        UNLISTED("taken off the list"),
        TAKEN("taken by another source"),
        IMPOSSIBLE("cannot be mirrored");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /** Whether setup has something to do for the table. */
        boolean isToBeMade() {
            return this == NEW || this == CHANGED;
        }

        /** Whether somebody must act before the table can be mirrored. */
        public boolean isWrong() {
            return this == TAKEN || this == IMPOSSIBLE;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * What was found, or done, for one table.
     *
     * @param text says it in a sentence
     */
    public record Finding(State state, TableId source, SnowflakeName table, String text) {

        static Finding ready(Mirror mirror, State state, boolean madeAnew) {
            return new Finding(
                    state,
                    mirror.source(),
                    mirror.table(),
                    mirror.table() + " is ready to mirror " + mirror.source()
                            + (madeAnew ? "; for its rows, run 'floe snapshot " + mirror.source() + "'" : ""));
        }
    }

    private final List<SchemaSetup> schemas = new ArrayList<>();

    /**
     * @param targets say which tables are mirrored, those that come later among them
     * @param rules say how they are
     * @param mirrors the tables that are there, and those that the settings name in full
     */
    public Setup(Targets targets, MirrorRules rules, List<Mirror> mirrors) {
        Map<SnowflakeName, List<Mirror>> bySchema = new LinkedHashMap<>();
        targets.schemas().forEach(table -> bySchema.put(table.beside(""), new ArrayList<>()));
        mirrors.forEach(mirror -> bySchema.computeIfAbsent(mirror.table().beside(""), any -> new ArrayList<>())
                .add(mirror));
        bySchema.forEach((schema, some) -> schemas.add(new SchemaSetup(schema, targets, rules, some)));
    }

    /**
     * The statements as a script for an administrator to run.
     *
     * @param told is told of each table that it does not make
     */
    public String script(Consumer<Finding> told) {
        return String.join(";\n\n", statements(told)) + ";\n";
    }

    /** The same, each without a semicolon at its end. */
    List<String> statements(Consumer<Finding> told) {
        List<String> statements = new ArrayList<>();
        schemas.forEach(schema -> statements.addAll(schema.statements(told)));
        return statements;
    }

    /**
     * Tells of each table what {@link #execute} would do, and does nothing.
     *
     * @throws WarehouseUnwell if Snowflake cannot be asked
     */
    public void compare(Connection connection, Consumer<Finding> told) {
        schemas.forEach(schema -> schema.compare(connection, told));
    }

    /**
     * Makes Snowflake ready. A table, or a schema, that cannot be made ready leaves the others alone.
     *
     * @param connection with the rights of the owner
     * @param told is told of each table what came of it
     * @throws WarehouseUnwell if a schema cannot be made ready that has no table yet
     */
    public void execute(Connection connection, Consumer<Finding> told) {
        Statements snowflake = new Statements(connection);
        schemas.forEach(schema -> schema.execute(snowflake, told));
    }

    /** Makes Snowflake ready for {@code mirrors} beside all that are listed, as nobody chose otherwise. */
    public static List<SnowflakeName> execute(List<Mirror> mirrors, Connection connection) {
        return execute(mirrors, MirrorRules.USUAL, connection);
    }

    /**
     * Makes Snowflake ready for {@code mirrors} beside all that are listed.
     *
     * @param rules say how all of the schema are mirrored
     * @return the tables that were made where others had been before, whose rows they lack
     * @throws TableUnready if a table cannot be made ready as it is; those before it are
     * @throws WarehouseUnwell if Snowflake refuses a statement; those before it have taken effect
     */
    public static List<SnowflakeName> execute(List<Mirror> mirrors, MirrorRules rules, Connection connection) {
        Statements snowflake = new Statements(connection);
        mirrors.stream().map(mirror -> mirror.table().beside("")).distinct().forEach(schema -> {
            SchemaDdl.statements(schema).forEach(snowflake::run);
            snowflake.runAll(new SourceList(schema).locked(OptionsDdl.statements(schema, rules)));
        });
        mirrors.forEach(mirror -> new SourceList(mirror.table())
                .add(List.of(new Target(mirror.source(), mirror.table())))
                .forEach(snowflake::run));
        return mirrors.stream()
                .filter(mirror -> mirror.shape() != null)
                .filter(snowflake::make)
                .map(Mirror::table)
                .toList();
    }
}
