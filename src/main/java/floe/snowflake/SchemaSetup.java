package floe.snowflake;

import floe.change.Digest;
import floe.change.TableId;
import floe.snowflake.Setup.Finding;
import floe.snowflake.Setup.Mirror;
import floe.snowflake.Setup.State;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What setup does in one Snowflake schema. */
final class SchemaSetup {

    /** So many tables are made before it is recorded that they were. */
    private static final int RECORDED_TOGETHER = 100;

    private final SnowflakeName schema;
    private final Targets targets;
    private final MirrorRules rules;
    private final List<Mirror> mirrors;
    private final SourceList list;
    private final String ofSchema;

    /**
     * @param schema any name in it
     * @param rules say how they are mirrored
     * @param mirrors the tables that it is to hold
     */
    SchemaSetup(SnowflakeName schema, Targets targets, MirrorRules rules, List<Mirror> mirrors) {
        this.schema = schema;
        this.targets = targets;
        this.rules = rules;
        this.mirrors = mirrors;
        this.list = new SourceList(schema);
        this.ofSchema = Digest.of(SchemaDdl.statements(schema).toString());
    }

    /** The statements, for somebody to run who has not asked Snowflake what is there. */
    List<String> statements(Consumer<Finding> told) {
        Map<Mirror, Finding> findings = findings(SetupRecord.NONE);
        List<String> statements = new ArrayList<>(SchemaDdl.statements(schema));
        statements.addAll(replaced(findings));
        findings.forEach((mirror, finding) -> {
            if (finding.state().isToBeMade()) {
                statements.addAll(mirror.statements());
            } else {
                told.accept(finding);
            }
        });
        return statements;
    }

    /** Tells what {@link #execute} would do, and does nothing. */
    void compare(Connection connection, Consumer<Finding> told) {
        SetupRecord there = SetupRecord.read(connection, schema);
        Map<Mirror, Finding> findings = findings(there);
        findings.values().forEach(told);
        there.listed().forEach((name, source) -> {
            boolean remains = findings.keySet().stream()
                    .anyMatch(mirror -> mirror.source().toString().equals(source)
                            && mirror.table().name().equals(name));
            if (!remains) {
                told.accept(gone(TableId.parse(source), schema.beside(name)));
            }
        });
    }

    /**
     * Makes it as it should be; what is as setup left it is not touched.
     *
     * @throws WarehouseUnwell if the schema cannot be made ready and there is no table to tell it of
     */
    void execute(Statements snowflake, Consumer<Finding> told) {
        Map<Mirror, Finding> findings;
        try {
            SchemaDdl.statements(schema).forEach(snowflake::run);
            findings = findings(SetupRecord.read(snowflake.connection(), schema));
            snowflake.runAll(replaced(findings));
        } catch (WarehouseUnwell e) {
            if (mirrors.isEmpty()) {
                throw e;
            }
            mirrors.forEach(mirror -> told.accept(failed(mirror, e)));
            return;
        }
        Map<String, String> made = new LinkedHashMap<>();
        findings.forEach((mirror, finding) -> {
            Finding after = finding.state().isToBeMade() ? make(snowflake, mirror) : finding;
            if (after.state() == State.MADE) {
                made.put(mirror.table().name(), digest(mirror));
            }
            if (made.size() >= RECORDED_TOGETHER) {
                list.record(made).forEach(snowflake::run);
                made.clear();
            }
            told.accept(after);
        });
        list.record(made).forEach(snowflake::run);
    }

    private List<String> replaced(Map<Mirror, Finding> findings) {
        return list.replace(listed(findings), targets.rules(), OptionsDdl.statements(schema, rules));
    }

    private static Finding make(Statements snowflake, Mirror mirror) {
        try {
            return Finding.ready(mirror, State.MADE, snowflake.make(mirror));
        } catch (WarehouseUnwell e) {
            return failed(mirror, e);
        }
    }

    private static Finding failed(Mirror mirror, WarehouseUnwell failure) {
        String text = failure instanceof TableUnready
                ? failure.getMessage()
                : mirror.table() + " for " + mirror.source() + " could not be made: " + failure.getMessage();
        return new Finding(State.IMPOSSIBLE, mirror.source(), mirror.table(), text);
    }

    /** What is to be done for each mirror, in their order; who has a name keeps it. */
    private Map<Mirror, Finding> findings(SetupRecord there) {
        Claims claims = new Claims();
        there.filled().forEach((name, source) -> claims.take(source, schema.beside(name)));
        mirrors.stream()
                .filter(mirror -> mirror.source()
                        .toString()
                        .equals(there.listed().get(mirror.table().name())))
                .forEach(mirror -> claims.take(mirror.source().toString(), mirror.table()));
        Map<Mirror, Finding> findings = new LinkedHashMap<>();
        List<Mirror> all = new ArrayList<>(mirrors);
        all.addAll(outliving(there));
        for (Mirror mirror : all) {
            findings.put(
                    mirror,
                    claims.take(mirror.source().toString(), mirror.table())
                            .map(other -> taken(mirror, other))
                            .orElseGet(() -> finding(mirror, there)));
        }
        return findings;
    }

    /** The tables whose sources came under a pattern and are not there any more. */
    private List<Mirror> outliving(SetupRecord there) {
        Set<SnowflakeName> known = mirrors.stream().map(Mirror::table).collect(Collectors.toSet());
        List<Mirror> outliving = new ArrayList<>();
        there.filled().forEach((name, source) -> {
            SnowflakeName table = schema.beside(name);
            if (!known.contains(table) && isTarget(table, source)) {
                outliving.add(new Mirror(TableId.parse(source), null, table));
            }
        });
        return outliving;
    }

    private boolean isTarget(SnowflakeName table, String source) {
        try {
            return targets.of(TableId.parse(source)).map(Target::table).equals(Optional.of(table));
        } catch (IllegalArgumentException | TableUnready e) {
            return false;
        }
    }

    private Finding finding(Mirror mirror, SetupRecord there) {
        String name = mirror.table().name();
        String setUp = there.setUp().getOrDefault(name, "");
        if (mirror.shape() == null && (!there.filled().containsKey(name) || setUp.endsWith(asChosen(mirror)))) {
            return gone(mirror.source(), mirror.table());
        }
        try {
            if (digest(mirror).equals(setUp)) {
                return Finding.ready(mirror, State.SAME, false);
            }
        } catch (WrongTable e) {
            return new Finding(State.IMPOSSIBLE, mirror.source(), mirror.table(), e.getMessage());
        }
        State state = there.filled().containsKey(name) ? State.CHANGED : State.NEW;
        return new Finding(state, mirror.source(), mirror.table(), mirror.table() + " is to mirror " + mirror.source());
    }

    private Finding gone(TableId source, SnowflakeName table) {
        return targets.means(source)
                ? new Finding(
                        State.ABSENT, source, table, source + " is not there; when it is, " + table + " will be made")
                : new Finding(State.UNLISTED, source, table, source + " is no longer listed for " + table);
    }

    private static Finding taken(Mirror mirror, String other) {
        return new Finding(
                State.TAKEN,
                mirror.source(),
                mirror.table(),
                mirror.source() + " cannot be mirrored as " + mirror.table()
                        + ": the name, or one that Floe needs beside it," + " is taken by " + other
                        + "; name another target in load.tables or load.target");
    }

    private static List<Target> listed(Map<Mirror, Finding> findings) {
        return findings.entrySet().stream()
                .filter(mirror -> mirror.getValue().state() != State.TAKEN)
                .map(mirror ->
                        new Target(mirror.getKey().source(), mirror.getKey().table()))
                .toList();
    }

    /** Stands for all that makes this mirror what it is: its statements, those that make its schema ready, and what its owner chose. */
    private String digest(Mirror mirror) {
        return Digest.of(ofSchema + mirror.statements()) + asChosen(mirror);
    }

    /** Where the source is not there, this alone tells whether something is to be done for its table. */
    private String asChosen(Mirror mirror) {
        return " " + Digest.of(OptionsDdl.line(mirror.source(), rules));
    }
}
