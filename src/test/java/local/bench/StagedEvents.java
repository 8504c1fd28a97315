package local.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import floe.change.ChangeType;
import floe.change.ChangeWriter;
import floe.change.Position;
import floe.change.TableId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Events as capture writes them: of ten, eight are inserts, one is an update and one a delete.
 *
 * @param tables how many tables take turns, from 1
 * @param unfitOf one of so many has a text where its key is a number; 0 for none
 */
record StagedEvents(int tables, int unfitOf) {

    /** Of one table, all fit. */
    static final StagedEvents PLAIN = new StagedEvents(1, 0);

    private static final String SERVER = "0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f";
    private static final long EPOCH = 1_795_367_406;
    private static final int OFFSET_STEP = 8_000;
    private static final int ROWS_AN_EVENT = 100;

    /** The table with this number, from 0. */
    static TableId table(int number) {
        TableId first = TableId.parse(Backlog.TABLE);
        return number == 0 ? first : new TableId(first.schema(), first.table() + number);
    }

    /** Writes the events number {@code first} to {@code first + count - 1}, one a line. */
    void write(OutputStream out, long first, long count) throws IOException {
        try (ChangeWriter writer = new ChangeWriter(out)) {
            for (long number = first; number < first + count; number++) {
                write(writer, number);
            }
        }
    }

    private void write(ChangeWriter writer, long number) throws IOException {
        Position position = new Position(EPOCH, 1, number / ROWS_AN_EVENT * OFFSET_STEP, number % ROWS_AN_EVENT + 1);
        var source = new ChangeWriter.Source(SERVER, SERVER + ":" + number / 1_000, EPOCH * 1_000 + number, false);
        // An update and a delete concern rows that were inserted a while before.
        long id = number % 10 < 8 ? number : number / 2 / 10 * 10 + number % 2;
        ChangeType type = number % 10 < 8 ? ChangeType.WRITE : number % 10 < 9 ? ChangeType.UPDATE : ChangeType.DELETE;
        boolean unfit = unfitOf > 0 && number % unfitOf == 0;
        writer.writeRow(
                table((int) (number / 10 % tables)),
                type,
                json -> row(json, id, "City of " + id % 1_000, unfit),
                json -> row(json, id, "City of " + (id + 1) % 1_000, unfit),
                List.of("PersonID"),
                position,
                source);
    }

    private static void row(JsonGenerator json, long id, String city, boolean unfit) throws IOException {
        if (unfit) {
            json.writeStringField("PersonID", "no number");
        } else {
            json.writeNumberField("PersonID", id);
        }
        json.writeStringField("FullName", "Person number " + id + " of many");
        json.writeStringField("City", city);
    }
}
