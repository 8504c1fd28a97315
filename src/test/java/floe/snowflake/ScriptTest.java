package floe.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScriptTest {

    @Test
    void splitsAtSemicolonsOnlyBetweenStatements() {
        String sql =
                """
                -- one; two
                SELECT ';', ";", 'it''s; \\'; still'; /* a;b */
                CREATE PROCEDURE p() AS $$ BEGIN a; b; END; $$;

                SELECT 1 -- the last; without a semicolon
                """;

        var statements = Script.split(sql);

        assertThat(statements)
                .containsExactly(
                        "SELECT ';', \";\", 'it''s; \\'; still'",
                        "CREATE PROCEDURE p() AS $$ BEGIN a; b; END; $$",
                        "SELECT 1 -- the last; without a semicolon");
    }

    @Test
    void aScriptOfCommentsHasNoStatement() {
        assertThat(Script.split("-- nothing\n/* at all */\n")).isEmpty();
    }
}
