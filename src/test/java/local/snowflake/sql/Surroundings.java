package local.snowflake.sql;

import java.util.List;
import local.snowflake.values.SnowflakeError;

/** What a statement means besides its words: the session that runs it tells. */
public interface Surroundings {

    /** The full name behind one, two or three parts. */
    ObjectName resolve(List<String> parts) throws SnowflakeError;

    /** What H2 calls the table of this name where it is read. */
    String toRead(ObjectName table);

    /** What a function without arguments, such as CURRENT_USER, tells about the session; null for any other. */
    String fact(String function);
}
