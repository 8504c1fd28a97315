package floe.load;

import static floe.change.UnfitChange.Reason.UNKNOWN_TABLE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import floe.change.Change;
import floe.change.ChangeType;
import floe.change.RowChange;
import floe.change.SnapshotChange;
import floe.change.TableChange;
import floe.change.TableId;
import floe.change.UnfitChange;
import floe.progress.RowProgress;
import floe.progress.Work;
import floe.snowflake.SnowflakeName;
import floe.snowflake.TableUnready;
import floe.snowflake.TargetTable;
import floe.snowflake.TargetTables;
import floe.snowflake.Targets;
import floe.staging.StagedFile;
import floe.staging.StagedLine;
import floe.templates.CallTemplate;
import floe.templates.CallTemplates;
import floe.templates.WrongTemplate;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Row mode: one call for each change, by the templates of the configuration. A table that has none is applied by its own
 * procedure, one change a call.
 */
final class CalledByRow implements Gathering {

    /** camel-jdbc takes letters, digits and underscores in the name of a parameter. */
    private static final Pattern NOT_IN_NAMES = Pattern.compile("\\W");

    /** Snowflake's NUMBER, as which numbers are bound, has at most 38 digits, of which at most 37 after the point. */
    private static final int MOST_DIGITS = 38;

    private final StagedFile file;
    private final Targets targets;
    private final TargetTables tables;
    private final CallTemplates templates;
    private final boolean withSnapshots;
    private final RowProgress progress;
    private final GatheredByTable others;
    private final Map<TableId, Optional<TargetTable>> setUp = new HashMap<>();
    private TableId calledTable;
    private long calledLine;

    /**
     * @param tables says which columns are dates, of tables that Floe set up
     * @param withSnapshots whether tables are sent the rows of snapshots though no template is for their end
     * @param others takes the changes of the tables without templates
     */
    CalledByRow(
            StagedFile file,
            Targets targets,
            TargetTables tables,
            CallTemplates templates,
            boolean withSnapshots,
            RowProgress progress,
            GatheredByTable others) {
        this.file = file;
        this.targets = targets;
        this.tables = tables;
        this.templates = templates;
        this.withSnapshots = withSnapshots;
        this.progress = progress;
        this.others = others;
    }

    @Override
    public List<? extends Work> take(StagedLine line, Change change) {
        noteProgress();
        if (!targets.means(change.table())) {
            throw new UnfitChange(UNKNOWN_TABLE, "The setting load.tables does not name the table " + change.table());
        }
        if (!templates.has(change.table())) {
            return others.take(line, change);
        }
        if (progress.isDone(file, change.table(), line.number())) {
            return List.of();
        }
        Optional<CallTemplate> template = template(line, change);
        if (template.isEmpty()) {
            return List.of();
        }
        RowCall call = call(template.get(), line, change);
        calledTable = change.table();
        calledLine = line.number();
        return List.of(call);
    }

    private RowCall call(CallTemplate template, StagedLine line, Change change) {
        Map<String, Object> parameters = parameters(template, line, change);
        int nullDates = 0;
        if (change instanceof RowChange row) {
            nullDates = makeNull(parameters, "", row.image(), row);
            if (row.type() == ChangeType.UPDATE) {
                makeNull(parameters, "before_", row.before(), row);
                nullDates = Math.max(nullDates, makeNull(parameters, "after_", row.after(), row));
            }
        }
        long committed = change instanceof RowChange row ? row.committed() : 0;
        Origin origin = new Origin(change.table(), committed);
        return new RowCall(origin, template.sql(), file, line, parameters, nullDates);
    }

    /**
     * Makes those parameters null that are dates and none, and says how many these are.
     *
     * @throws UnfitChange if one of them is a column of the key
     */
    private int makeNull(Map<String, Object> parameters, String prefix, ObjectNode image, RowChange change) {
        List<String> noDates = NoDates.in(
                image,
                column -> parameters.containsKey(parameter(prefix, column))
                        && setUp(change.table())
                                .filter(table -> table.dateColumns().contains(SnowflakeName.fold(column)))
                                .isPresent());
        for (String column : noDates) {
            if (setUp(change.table()).orElseThrow().keyColumns().contains(SnowflakeName.fold(column))) {
                throw NoDates.inKey(column);
            }
            parameters.put(parameter(prefix, column), null);
        }
        return noDates.size();
    }

    /** The table as Floe set it up, asked anew for each file; nothing if Floe did not. */
    private Optional<TargetTable> setUp(TableId source) {
        return setUp.computeIfAbsent(source, any -> {
            try {
                return Optional.of(tables.refreshed(targets.of(any).orElseThrow()));
            } catch (TableUnready e) {
                return Optional.empty();
            }
        });
    }

    /** The template for the change; nothing if it is not called for. */
    private Optional<CallTemplate> template(StagedLine line, Change change) {
        if (change instanceof TableChange whole) {
            ChangeType type = change.type() == ChangeType.QUERY ? ChangeType.TRUNCATE : change.type();
            return whole.endsAllBefore() ? templates.of(change.table(), type) : Optional.empty();
        }
        if (change instanceof SnapshotChange told) {
            // A call that takes no steps knows of no lanes either: it is made once, for the last of them.
            return templates
                    .of(change.table(), ChangeType.SNAPSHOT)
                    .filter(any -> any.takesSteps() || told.mark().isLastLane());
        }
        RowChange row = (RowChange) change;
        Optional<CallTemplate> template = templates.of(row.table(), row.type());
        // Without its rows, the end of a snapshot would empty the table.
        boolean snapshots = withSnapshots
                || templates.of(change.table(), ChangeType.SNAPSHOT).isPresent();
        if (row.snapshot() && !snapshots) {
            return Optional.empty();
        }
        if (template.isEmpty()) {
            throw new WrongTemplate(
                    row.table(),
                    "There is no setting load.call." + row.table() + "."
                            + row.type().eventName() + ", which line " + line.number() + " needs");
        }
        return template;
    }

    @Override
    public List<? extends Call> rest() {
        noteProgress();
        return others.rest();
    }

    @Override
    public List<TableUnready> unready() {
        return others.unready();
    }

    /** More is asked for only after the call for the last change was made. */
    private void noteProgress() {
        if (calledTable != null) {
            progress.done(file, calledTable, calledLine);
            calledTable = null;
        }
    }

    private static Map<String, Object> parameters(CallTemplate template, StagedLine line, Change change) {
        Map<String, Object> all = new HashMap<>();
        if (change instanceof RowChange row) {
            add(all, "", row.image());
            if (row.type() == ChangeType.UPDATE) {
                add(all, "before_", row.before());
                add(all, "after_", row.after());
            }
        }
        if (change instanceof SnapshotChange told) {
            all.put(CallTemplate.STEP, told.mark().step().eventName());
            all.put(CallTemplate.LANE, told.mark().lane());
            all.put(CallTemplate.LANES, told.mark().lanes());
        }
        all.put(CallTemplate.POSITION, change.position().toString());
        all.put(CallTemplate.SCHEMA, change.table().schema());
        all.put(CallTemplate.TABLE, change.table().table());
        for (String name : template.parameters()) {
            if (!all.containsKey(name)) {
                throw new WrongTemplate(
                        change.table(),
                        "The setting " + template.key() + " names the parameter " + name + ", which the event in line "
                                + line.number() + " does not have");
            }
        }
        all.keySet().retainAll(template.parameters());
        return all;
    }

    private static void add(Map<String, Object> parameters, String prefix, ObjectNode image) {
        image.properties()
                .forEach(column -> parameters.put(parameter(prefix, column.getKey()), value(column.getValue())));
    }

    private static String parameter(String prefix, String column) {
        return prefix + NOT_IN_NAMES.matcher(column).replaceAll("_");
    }

    private static Object value(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            boolean bindable =
                    number.precision() - Math.min(0, number.scale()) <= MOST_DIGITS && number.scale() < MOST_DIGITS;
            return bindable ? number : RowJson.plain(number);
        }
        return value.isContainerNode() ? value.toString() : value.textValue();
    }
}
