package local.snowflake.catalog;

import local.snowflake.sql.Tokens;
import local.snowflake.values.SnowflakeError;
import local.snowflake.values.SnowflakeType;

/** How texts of a column compare, as DEFAULT_DDL_COLLATION says: of all that Snowflake has only these two. */
enum Collation {
    /** By the bytes of UTF-8. */
    NONE(""),
    /** English, without a difference of upper and lower case. */
    EN_CI("en-ci");

    private final String specification;

    Collation(String specification) {
        this.specification = specification;
    }

    /** Reads the parameter with its value. */
    static Collation read(Tokens tokens) throws SnowflakeError {
        tokens.expect("DEFAULT_DDL_COLLATION", "=");
        String given = tokens.string();
        for (Collation collation : values()) {
            if (collation.specification.equals(given)) {
                return collation;
            }
        }
        throw new SnowflakeError(
                2210, "42601", "SQL compilation error:\nThe stand-in has no collation '" + given + "'.");
    }

    /** The H2 type of a column that has it. */
    String h2(SnowflakeType type) {
        boolean folds = this == EN_CI && type.family() == SnowflakeType.Family.VARCHAR;
        return folds ? "VARCHAR_IGNORECASE(" + type.precision() + ")" : type.h2();
    }
}
