package local.snowflake.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import local.snowflake.catalog.Session;
import local.snowflake.catalog.SessionParameters;
import local.snowflake.sql.Rows;
import local.snowflake.sql.Rows.Column;
import local.snowflake.values.SnowflakeError;
import local.snowflake.values.SnowflakeType;
import local.snowflake.values.SnowflakeType.Family;

/** The JSON that Snowflake answers. Errors are answers, too: their HTTP status is 200. */
final class Answers {

    /** How long tokens are said to be valid, in seconds: as in Snowflake, one hour and four. */
    private static final int VALIDITY = 3600;

    private static final int MASTER_VALIDITY = 14_400;

    private Answers() {}

    static ObjectNode ok(JsonNode data) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("data", data);
        return answer.putNull("code").putNull("message").put("success", true);
    }

    static ObjectNode refused(ProtocolError error) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putNull("data").put("code", String.valueOf(error.code()));
        return answer.put("message", error.getMessage()).put("success", false).putNull("headers");
    }

    static ObjectNode failed(SnowflakeError error, String queryId) {
        String code = String.format(Locale.ROOT, "%06d", error.getErrorCode());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putObject("data")
                .put("internalError", false)
                .put("errorCode", code)
                .put("age", 0)
                .put("sqlState", error.getSQLState())
                .put("queryId", queryId)
                .put("line", -1)
                .put("pos", -1)
                .put("type", "COMPILATION");
        return answer.put("code", code).put("message", error.getMessage()).put("success", false);
    }

    /** The query still runs: its result is to be asked for again. */
    static ObjectNode running(String queryId, boolean asked) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putObject("data")
                .put("getResultUrl", "/queries/" + queryId + "/result")
                .put("queryId", queryId)
                .put("queryAbortsAfterSecs", 300);
        return answer.put("code", asked ? "333334" : "333333")
                .put("message", "Query execution in progress.")
                .put("success", true);
    }

    static ObjectNode login(Sessions.Login login) {
        Session session = login.session();
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("token", login.token())
                .put("masterToken", login.masterToken())
                .put("validityInSeconds", VALIDITY)
                .put("masterValidityInSeconds", MASTER_VALIDITY)
                .put("displayUserName", session.user())
                .put("serverVersion", SessionParameters.SERVER_VERSION)
                .put("firstLogin", false)
                .put("healthCheckInterval", 45)
                .put("sessionId", session.id());
        data.set("parameters", parameters(session));
        data.putObject("sessionInfo")
                .put("databaseName", session.database())
                .put("schemaName", session.schema())
                .put("warehouseName", session.warehouse())
                .put("roleName", session.role());
        return ok(data);
    }

    static ObjectNode renewed(Sessions.Login login) {
        return ok(JsonNodeFactory.instance
                .objectNode()
                .put("sessionToken", login.token())
                .put("validityInSecondsST", VALIDITY)
                .put("masterToken", login.masterToken())
                .put("validityInSecondsMT", MASTER_VALIDITY)
                .put("sessionId", login.session().id()));
    }

    private static ArrayNode parameters(Session session) {
        ArrayNode parameters = JsonNodeFactory.instance.arrayNode();
        for (Map.Entry<String, Object> parameter : new TreeMap<>(session.parameters()).entrySet()) {
            parameters.addObject().put("name", parameter.getKey()).putPOJO("value", parameter.getValue());
        }
        return parameters;
    }

    /** The rows of a query, or only their columns if there are none. */
    static ObjectNode rows(Session session, Rows rows, String queryId, int binds) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.set("parameters", parameters(session));
        data.put("queryId", queryId)
                .put("finalDatabaseName", session.database())
                .put("finalSchemaName", session.schema())
                .put("finalWarehouseName", session.warehouse())
                .put("finalRoleName", session.role())
                .put("numberOfBinds", binds)
                .put("arrayBindSupported", rows.statementType() == Rows.INSERT)
                .put("statementTypeId", rows.statementType())
                .put("version", 1)
                .put("queryResultFormat", "json");
        ArrayNode bindTypes = data.putArray("metaDataOfBinds");
        for (int i = 0; i < binds; i++) {
            describe(bindTypes.addObject(), Column.text(""));
        }
        ArrayNode columns = data.putArray("rowtype");
        rows.columns().forEach(column -> describe(columns.addObject(), column));
        ArrayNode rowset = data.putArray("rowset");
        for (List<Object> row : rows.rows()) {
            ArrayNode values = rowset.addArray();
            for (int i = 0; i < row.size(); i++) {
                values.add(Wire.encode(row.get(i), rows.columns().get(i).type()));
            }
        }
        data.put("total", rows.rows().size()).put("returned", rows.rows().size());
        return ok(data);
    }

    private static void describe(ObjectNode json, Column column) {
        SnowflakeType type = column.type();
        Family family = type.family();
        boolean sized = family == Family.VARCHAR || family == Family.BINARY;
        boolean number = family == Family.NUMBER;
        boolean timed = family.name().startsWith("TIME");
        json.put("name", column.name())
                .put("database", "")
                .put("schema", "")
                .put("table", "")
                .put("type", type.wireName())
                .put("nullable", column.nullable())
                .put("precision", number ? type.precision() : 0)
                .put("scale", number ? type.scale() : timed ? type.precision() : 0);
        json.put("length", sized ? (Integer) type.precision() : null);
        json.put("byteLength", sized ? (Integer) type.precision() : null);
    }

    static ObjectNode monitored(String queryId, ObjectNode answer) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        boolean success = answer != null && answer.path("success").asBoolean();
        data.putArray("queries")
                .addObject()
                .put("id", queryId)
                .put("status", answer == null ? "RUNNING" : success ? "SUCCESS" : "FAILED_WITH_ERROR")
                .put("errorCode", answer == null ? 0 : answer.path("code").asInt())
                .put(
                        "errorMessage",
                        answer == null ? "" : answer.path("message").asText(""));
        return ok(data);
    }
}
