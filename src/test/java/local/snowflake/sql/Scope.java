package local.snowflake.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import local.snowflake.values.SnowflakeError;
import local.snowflake.values.Typed;

/** What the question marks and colon names of a statement stand for. */
public final class Scope {

    private final List<Typed> binds;
    private final boolean describing;
    private final Scope outer;
    private final Map<String, Typed> variables = new HashMap<>();

    private Scope(List<Typed> binds, boolean describing, Scope outer) {
        this.binds = binds;
        this.describing = describing;
        this.outer = outer;
    }

    public static Scope ofBinds(List<Typed> binds) {
        return new Scope(new ArrayList<>(binds), false, null);
    }

    /** A scope in which any bind is a NULL: enough to learn what columns a statement has. */
    public static Scope ofDescription() {
        return new Scope(List.of(), true, null);
    }

    /** A block's own scope: it sees the variables of {@code this}. */
    public Scope inner() {
        return new Scope(List.of(), false, this);
    }

    /** The bind at {@code index}, from 0. */
    public Typed bind(int index) throws SnowflakeError {
        if (describing) {
            return Typed.NULL;
        }
        if (index >= binds.size()) {
            throw new SnowflakeError(2049, "42601", "SQL compilation error:\nBind variable ? not set.");
        }
        return binds.get(index);
    }

    /** The same scope without its first {@code binds} binds. */
    public Scope from(int binds) {
        Scope rest =
                new Scope(this.binds.subList(Math.min(binds, this.binds.size()), this.binds.size()), describing, outer);
        rest.variables.putAll(variables);
        return rest;
    }

    boolean has(String variable) {
        return variables.containsKey(variable) || (outer != null && outer.has(variable));
    }

    Typed variable(String name) throws SnowflakeError {
        Scope owner = owner(name);
        if (owner == null) {
            throw SnowflakeError.invalidIdentifier(name);
        }
        return owner.variables.get(name);
    }

    public void declare(String name, Typed value) {
        variables.put(name, value);
    }

    /** Gives a variable a new value of its own type. */
    public void assign(String name, Typed value) throws SnowflakeError {
        Scope owner = owner(name);
        if (owner == null) {
            throw SnowflakeError.invalidIdentifier(name);
        }
        owner.variables.put(name, value.as(owner.variables.get(name).type()));
    }

    private Scope owner(String name) {
        return variables.containsKey(name) ? this : outer == null ? null : outer.owner(name);
    }
}
