package routes;

/** Event lines for tests. */
final class Events {

    private Events() {}

    /** As the replaced set-up wrote them: without key, position and source, with a field that Floe does not know. */
    static String legacy(String type, String row) {
        return "{\"schema\":\"CDC_schema\",\"table\":\"Persons\",\"type\":\"" + type + "\",\"row\":{" + row
                + ",\"none_sources\":{}}}";
    }

    static String legacyWrite(String person) {
        return legacy("WriteRowsEvent", "\"values\":" + person);
    }

    static String legacyDelete(String person) {
        return legacy("DeleteRowsEvent", "\"values\":" + person);
    }

    static String legacyUpdate(String before, String after) {
        return legacy("UpdateRowsEvent", "\"before_values\":" + before + ",\"after_values\":" + after);
    }

    static String person(int id, String name, String city) {
        return "{\"PersonID\":" + id + ",\"FullName\":\"" + name + "\",\"City\":\"" + city + "\"}";
    }

    /** A write as Floe writes it, at a position of the binlog. */
    static String write(long offset, String person) {
        return positioned("WriteRowsEvent", offset, 1, "\"row\":{\"values\":" + person + "},");
    }

    /** The same of another table, whose key it does not name. */
    static String write(String table, long offset, String person) {
        return write(offset, person)
                .replace("\"table\":\"Persons\"", "\"table\":\"" + table + "\"")
                .replace("\"key\":[\"PersonID\"],", "");
    }

    static String delete(long offset, String person) {
        return positioned("DeleteRowsEvent", offset, 1, "\"row\":{\"values\":" + person + "},");
    }

    /** What is told of a snapshot at the row 9,999,000,001 of an offset. */
    static String snapshot(String step, long offset) {
        return positioned("SnapshotEvent", offset, 9_999_000_001L, "\"snapshot\":{\"step\":\"" + step + "\"},");
    }

    /** The end of that snapshot on a lane. */
    static String snapshotEnd(long offset, int lane, int lanes) {
        return snapshot("end", offset).replace("\"end\"", "\"end\",\"lane\":" + lane + ",\"lanes\":" + lanes);
    }

    /** A change of the whole table. */
    static String table(String type, long offset) {
        return positioned(type, offset, 0, "");
    }

    /** What becomes of the table Persons; {@code more} are columns beside those of {@link #person}, each with a comma before it. */
    static String definition(long offset, String more) {
        String text = "\"type\":\"varchar\",\"nullable\":true}";
        return table("QueryEvent", offset)
                .replace(
                        "\"key\"",
                        "\"shape\":{\"key\":[\"PersonID\"],\"columns\":["
                                + "{\"name\":\"PersonID\",\"type\":\"int\",\"nullable\":false},{\"name\":\"FullName\","
                                + text
                                + ",{\"name\":\"City\"," + text + more + "]},\"key\"");
    }

    private static String positioned(String type, long offset, long row, String content) {
        return "{\"schema\":\"CDC_schema\",\"table\":\"Persons\",\"type\":\"" + type + "\"," + content
                + "\"key\":[\"PersonID\"],\"position\":\"1795367406-0000000003-%012d-%010d\",".formatted(offset, row)
                + "\"source\":{\"server\":\"s\",\"ts_ms\":1795367406199,\"snapshot\":false}}";
    }
}
