package floe.snowflake;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import floe.change.Column;
import floe.change.TableId;
import floe.change.TableShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The script for an administrator, {@code snowflake/account.sql}, which only Snowflake itself could run. */
class AccountScriptTest {

    private static final List<String> SCRIPT = script();

    @Test
    void itSetsEachVariableThatItUsesAndUsesEachThatItSets() {
        Set<String> set = found(SCRIPT, "^SET (\\w+) =");
        Set<String> used = found(SCRIPT, "\\$(\\w+)");

        assertThat(used).isEqualTo(set);
    }

    /** A public key has some 392 characters; Snowflake's session variables hold 256 bytes. */
    @Test
    void theKeyIsNotPutIntoAVariable() {
        assertThat(found(SCRIPT, "SET RSA_PUBLIC_KEY = (.)")).containsExactly("'");
    }

    @Test
    void theOwnerMayMakeWhatSetupMakes() {
        Set<String> made = found(setup(), "^CREATE (?:OR REPLACE )?(\\w+)");
        Set<String> granted = found(
                SCRIPT,
                "^GRANT CREATE (\\w+) ON SCHEMA IDENTIFIER\\(\\$schema_path\\) TO ROLE IDENTIFIER\\(\\$owner_role\\)");

        assertThat(granted).isEqualTo(made);
        assertThat(found(setup(), "^(\\w+)"))
                .as("all else is done to tables of its own")
                .containsExactlyInAnyOrder(
                        "CREATE", "ALTER", "MERGE", "CALL", "BEGIN", "UPDATE", "DELETE", "INSERT", "COMMIT");
    }

    @Test
    void whoeverRunsMayOnlyCallProceduresAndReadOneTable() {
        Set<String> granted = found(SCRIPT, "^GRANT (.*) TO ROLE IDENTIFIER\\(\\$floe_role\\)");

        assertThat(granted)
                .containsExactlyInAnyOrder(
                        "USAGE ON WAREHOUSE IDENTIFIER($warehouse_name)",
                        "USAGE ON DATABASE IDENTIFIER($database_name)",
                        "USAGE ON SCHEMA IDENTIFIER($schema_path)",
                        "USAGE ON ALL PROCEDURES IN SCHEMA IDENTIFIER($schema_path)",
                        "USAGE ON FUTURE PROCEDURES IN SCHEMA IDENTIFIER($schema_path)",
                        "SELECT ON TABLE IDENTIFIER($floe_tables)");
    }

    @Test
    void proceduresActWithTheRightsOfTheirOwner() {
        assertThat(setup())
                .filteredOn(sql -> sql.startsWith("CREATE OR REPLACE PROCEDURE"))
                .isNotEmpty()
                .allSatisfy(sql -> assertThat(sql).contains("EXECUTE AS OWNER"));
    }

    @Test
    void theTableThatItMakesIsThatOfSetup() {
        List<String> schema = new Script("schema.sql").statements(Map.of("floe_tables", "IDENTIFIER($floe_tables)"));

        assertThat(SCRIPT).containsAll(schema);
    }

    private static List<String> setup() {
        Column id = Column.named("PersonID", "int").nullable(false).build();
        Column age = Column.named("Age", "int").build();
        TableShape persons = new TableShape(List.of("PersonID"), List.of(id, age));
        TableId source = new TableId("CDC_schema", "Persons");
        SnowflakeName table = new SnowflakeName("cdc", "public", "Persons");
        return new Setup(Targets.none(), MirrorRules.USUAL, List.of(new Setup.Mirror(source, persons, table, true)))
                .statements(finding -> {});
    }

    private static Set<String> found(List<String> statements, String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return statements.stream()
                .flatMap(sql -> compiled.matcher(sql).results())
                .map((MatchResult result) -> result.group(1))
                .collect(toSet());
    }

    private static List<String> script() {
        try {
            return Script.split(Files.readString(Path.of("snowflake/account.sql")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
