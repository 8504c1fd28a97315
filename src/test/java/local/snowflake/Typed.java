package local.snowflake;

/**
 * A value with its type: a bind of a request, a variable or an argument of a procedure.
 *
 * @param value null, or of a class that {@link Casts} works with
 */
record Typed(SnowflakeType type, Object value) {

    static final Typed NULL = new Typed(SnowflakeType.VARCHAR, null);

    /** This value as one of {@code type}. */
    Typed as(SnowflakeType type) throws SnowflakeError {
        return new Typed(type, Casts.cast(value, type));
    }
}
