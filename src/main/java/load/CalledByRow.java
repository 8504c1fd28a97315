package load;

import static change.UnfitChange.Reason.UNKNOWN_TABLE;

import change.Change;
import change.ChangeType;
import change.RowChange;
import change.TableId;
import change.UnfitChange;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import snowflake.TableUnready;
import snowflake.Targets;
import staging.StagedFile;
import staging.StagedLine;

/** Row mode: one call for each change of a row, by the templates of the configuration; nothing for whole tables. */
final class CalledByRow implements Gathering {

    /** camel-jdbc takes letters, digits and underscores in the name of a parameter. */
    private static final Pattern NOT_IN_NAMES = Pattern.compile("\\W");

    private final StagedFile file;
    private final Targets targets;
    private final CallTemplates templates;
    private final boolean withSnapshots;
    private final RowProgress progress;
    private TableId calledTable;
    private long calledLine;

    CalledByRow(
            StagedFile file, Targets targets, CallTemplates templates, boolean withSnapshots, RowProgress progress) {
        this.file = file;
        this.targets = targets;
        this.templates = templates;
        this.withSnapshots = withSnapshots;
        this.progress = progress;
    }

    @Override
    public List<RowCall> take(StagedLine line, Change change) {
        noteProgress();
        if (targets.of(change.table()).isEmpty()) {
            throw new UnfitChange(UNKNOWN_TABLE, "The setting load.tables does not name the table " + change.table());
        }
        if (!(change instanceof RowChange row) || (row.snapshot() && !withSnapshots)) {
            return List.of();
        }
        if (progress.isDone(file, row.table(), line.number())) {
            return List.of();
        }
        CallTemplate template = templates
                .of(row.table(), row.type())
                .orElseThrow(() -> new TableUnready("There is no setting load.call." + row.table() + "."
                        + row.type().eventName() + ", which line " + line.number() + " needs"));
        RowCall call = new RowCall(template.sql(), file, line, parameters(template, line, row));
        calledTable = row.table();
        calledLine = line.number();
        return List.of(call);
    }

    @Override
    public List<RowCall> rest() {
        noteProgress();
        return List.of();
    }

    /** More is asked for only after the call for the last change was made. */
    private void noteProgress() {
        if (calledTable != null) {
            progress.done(file, calledTable, calledLine);
            calledTable = null;
        }
    }

    private static Map<String, Object> parameters(CallTemplate template, StagedLine line, RowChange row) {
        Map<String, Object> all = new HashMap<>();
        add(all, "", row.image());
        if (row.type() == ChangeType.UPDATE) {
            add(all, "before_", row.before());
            add(all, "after_", row.after());
        }
        all.put("_position", row.position().toString());
        all.put("_schema", row.table().schema());
        all.put("_table", row.table().table());
        for (String name : template.parameters()) {
            if (!all.containsKey(name)) {
                throw new TableUnready("The setting " + template.key() + " names the parameter " + name
                        + ", which the row in line " + line.number() + " does not have");
            }
        }
        all.keySet().retainAll(template.parameters());
        return all;
    }

    private static void add(Map<String, Object> parameters, String prefix, ObjectNode image) {
        image.properties()
                .forEach(column -> parameters.put(
                        prefix + NOT_IN_NAMES.matcher(column.getKey()).replaceAll("_"), value(column.getValue())));
    }

    private static Object value(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isNumber()) {
            return value.decimalValue();
        }
        return value.isContainerNode() ? value.toString() : value.textValue();
    }
}
