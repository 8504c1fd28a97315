package local.snowflake.scripting;

import java.util.List;
import java.util.Set;
import local.snowflake.sql.Tokens;
import local.snowflake.values.SnowflakeType;

/** A block of Snowflake Scripting: what it declares, what it does, and what it does about errors. */
public record Script(List<Declaration> declarations, List<Step> steps, List<Handler> handlers) {

    /**
     * A variable of a DECLARE section.
     *
     * @param type null where the value gives it
     * @param value null for NULL
     */
    record Declaration(String name, SnowflakeType type, Tokens value) {}

    /** {@code WHEN error OR error THEN}; the names are those of Snowflake or of the block's own exceptions. */
    record Handler(Set<String> errors, List<Step> steps) {}

    sealed interface Step {}

    /** Any SQL statement. */
    record Execute(Tokens sql) implements Step {}

    /** SELECT .. INTO or CALL .. INTO, the targets already taken out of the query. */
    record QueryInto(Tokens query, List<String> targets) implements Step {}

    /** LET, with a type or without. */
    record Let(Declaration declaration) implements Step {}

    record Assign(String name, Tokens value) implements Step {}

    record If(List<Branch> branches) implements Step {}

    /**
     * One branch of an IF.
     *
     * @param condition null for ELSE
     */
    record Branch(Tokens condition, List<Step> steps) {}

    record While(Tokens condition, List<Step> steps) implements Step {}

    /** @param value null for a RETURN without one */
    record Return(Tokens value) implements Step {}

    /** @param name the exception, or null to raise again what was caught */
    record Raise(String name, Tokens at) implements Step {}

    record Block(Script script) implements Step {}

    /** {@code NULL;} does nothing. */
    record Nothing() implements Step {}

    /** The exceptions a DECLARE section names: {@code name EXCEPTION (code, message)}. */
    record OwnException(String name, int code, String message) implements Step {}
}
