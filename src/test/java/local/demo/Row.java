package local.demo;

/**
 * A row of the Persons table, on either side.
 *
 * @param fullName null for NULL, and likewise the city
 */
record Row(int personId, String fullName, String city) implements Comparable<Row> {

    private static final int WIDEST_NAME = 26;

    @Override
    public int compareTo(Row other) {
        return Integer.compare(personId, other.personId);
    }

    /** The row on one line of a terminal: control characters shown, long names cut. */
    @Override
    public String toString() {
        return personId + " " + shown(fullName) + ", " + shown(city);
    }

    private static String shown(String text) {
        if (text == null) {
            return "NULL";
        }
        String visible = text.replace("\n", "⏎").replace("\t", "⇥");
        return visible.length() <= WIDEST_NAME
                ? visible
                : visible.substring(0, 8) + "… (" + text.length() + " characters)";
    }
}
