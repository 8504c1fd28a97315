package floe.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Makes calls over one connection, as the route does; a statement is prepared once, and ends with the connection. */
final class DirectCalls {

    private static final Pattern PARAMETER = Pattern.compile(":\\?(\\w+)");

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    DirectCalls(Connection connection) {
        this.connection = connection;
    }

    /** What the procedure answers. */
    String answer(Call call) throws SQLException {
        PreparedStatement statement = prepared.get(call.sql());
        if (statement == null) {
            statement =
                    connection.prepareStatement(PARAMETER.matcher(call.sql()).replaceAll("?"));
            prepared.put(call.sql(), statement);
        }
        List<MatchResult> names = PARAMETER.matcher(call.sql()).results().toList();
        for (int i = 0; i < names.size(); i++) {
            statement.setObject(i + 1, call.parameters().get(names.get(i).group(1)));
        }
        statement.execute();
        try (ResultSet answer = statement.getResultSet()) {
            answer.next();
            return answer.getString(1);
        }
    }
}
