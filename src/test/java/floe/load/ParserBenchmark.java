package floe.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import floe.change.Change;
import floe.change.ChangeReader;
import floe.change.Position;
import floe.change.RowChange;
import floe.change.TableId;
import floe.snowflake.SnowflakeName;
import floe.snowflake.Target;
import floe.snowflake.TargetTable;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From a staged line to what the apply procedure reads. */
@State(Scope.Benchmark)
public class ParserBenchmark {

    private static final Position NONE = new Position(0, 0, 0, 0);

    private final String line =
            """
            {"schema":"CDC_schema","table":"Persons","type":"WriteRowsEvent","row":{"values":{"PersonID":4711,\
            "FullName":"Person number 4711 of many","City":"City of 711"}},"key":["PersonID"],\
            "position":"1795367406-0000000003-000000004711-0000000003","source":{"server":\
            "0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f","gtid":"0f1d9f0e-1c7a-4c4e-9f0b-3a1b2c3d4e5f:17",\
            "ts_ms":1795367406199,"snapshot":false}}""";
    private final JsonMapper json = new JsonMapper();
    private final ChangeReader reader = new ChangeReader();
    private final TargetRows rows = new TargetRows(new TargetTable(
            new Target(TableId.parse("CDC_schema.Persons"), SnowflakeName.parse("D.S.PERSONS")),
            List.of("PERSONID"),
            Set.of("PERSONID", "FULLNAME", "CITY"),
            Set.of(),
            Set.of(),
            Position.parse("0000000000-0000000000-000000000000-0000000000"),
            Position.parse("0000000000-0000000000-000000000000-0000000000"),
            Position.parse("0000000000-0000000000-000000000000-0000000000"),
            Set.of(),
            null));

    /** The limit: Jackson's tree of the line. */
    @Benchmark
    public JsonNode parserAlone() throws JsonProcessingException {
        return json.readTree(line);
    }

    /** The change that the line tells. */
    @Benchmark
    public Change read() {
        return reader.read(line, NONE);
    }

    /** The change, and what is sent of it. */
    @Benchmark
    public Object readAndRender() {
        return rows.of((RowChange) reader.read(line, NONE));
    }
}
