package floe.encoding;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** The values of changes as Debezium's MySQL connector makes them, cut down to what {@link RowEncoder} reads. */
final class Envelopes {

    static final String SERVER = "0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f";

    private static final Schema SOURCE = SchemaBuilder.struct()
            .field("db", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .field("gtid", Schema.OPTIONAL_STRING_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .field("snapshot", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private Envelopes() {}

    /** A new schema for the changes of rows of this one, as each start of the engine makes it. */
    static Schema of(Schema row) {
        return SchemaBuilder.struct()
                .field("before", row)
                .field("after", row)
                .field("source", SOURCE)
                .field("op", Schema.STRING_SCHEMA)
                .build();
    }

    /** An insert into a table of CDC_schema. */
    static Struct insert(Schema envelope, String table, Struct row) {
        Struct source = new Struct(SOURCE)
                .put("db", "CDC_schema")
                .put("table", table)
                .put("gtid", SERVER + ":17")
                .put("ts_ms", 1_795_367_406_199L);
        return new Struct(envelope).put("after", row).put("source", source).put("op", "c");
    }
}
