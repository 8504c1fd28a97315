package local.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir
    private Path parent;

    @Test
    void folderIsFilledOnce() {
        Folders.once(folder(), filled -> Files.writeString(filled.resolve("file"), "first"));

        Folders.once(folder(), filled -> Files.writeString(filled.resolve("file"), "second"));

        assertThat(folder().resolve("file")).hasContent("first");
    }

    @Test
    void folderIsNotThereWhileItIsFilled() {
        Folders.once(folder(), filled -> assertThat(folder()).doesNotExist());

        assertThat(folder()).isDirectory();
    }

    @Test
    void theQuickerOfTwoThatFillTheFolderAtOnceWins() {
        Folders.once(folder(), filled -> {
            Files.writeString(filled.resolve("file"), "slower");
            Folders.once(folder(), quicker -> Files.writeString(quicker.resolve("file"), "quicker"));
        });

        assertThat(folder().resolve("file")).hasContent("quicker");
        assertThat(parent).isDirectoryContaining(path -> path.equals(folder()));
        assertThat(parent.toFile().list()).hasSize(1);
    }

    @Test
    void failedFillingLeavesNothing() {
        assertThatThrownBy(() -> Folders.once(folder(), filled -> {
                    Files.writeString(filled.resolve("file"), "half");
                    throw new IOException("disk full");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("disk full");

        assertThat(parent).isEmptyDirectory();
    }

    private Path folder() {
        return parent.resolve("folder");
    }
}
