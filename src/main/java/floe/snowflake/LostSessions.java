package floe.snowflake;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Makes the pool drop connections whose session Snowflake no longer knows: 390xxx comes back as a failure of the
 * statement and looks like any other.
 */
final class LostSessions implements SQLExceptionOverride {

    private static final int SESSION_CODES = 390;

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException failure) {
        return failure.getErrorCode() / 1000 == SESSION_CODES
                ? SQLExceptionOverride.Override.MUST_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
