package floe.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaHistoryFileTest {

    @TempDir
    Path folder;

    @Test
    void tornLastLineOfTheSchemaHistoryIsCutOff() throws IOException {
        Path path = folder.resolve("schema-history.jsonl");
        Files.writeString(path, "{\"a\":1}\n{\"b\":2}\n{\"c\":");

        SchemaHistoryFile.in(folder).cutTornLine();

        assertThat(path).hasContent("{\"a\":1}\n{\"b\":2}\n");
    }
}
