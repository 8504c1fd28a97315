package local.snowflake.values;

/**
 * A value with its type: a bind of a request, a variable or an argument of a procedure.
 *
 * @param value null, or of a class that {@link Casts} works with
 */
public record Typed(SnowflakeType type, Object value) {

    public static final Typed NULL = new Typed(SnowflakeType.VARCHAR, null);

    /** This value as one of {@code type}. */
    public Typed as(SnowflakeType type) throws SnowflakeError {
        return new Typed(type, Casts.cast(value, type));
    }
}
