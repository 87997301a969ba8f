package io.sluice.sim.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
    @TempDir
    Path folder;

    @Test
    void areForTheirOwnerOnlyAndSurviveTheFile() throws IOException {
        Path file = folder.resolve("deep/credentials");
        Credentials credentials = new Credentials();
        credentials.put("pump-02", "b");
        credentials.put("pump-01", "a");
        credentials.save(file);
        credentials.put("pump-02", "c");
        credentials.save(file);

        Credentials loaded = Credentials.load(file);
        assertThat(loaded.devices()).containsExactly("pump-02", "pump-01");
        assertThat(loaded.token("pump-02")).isEqualTo("c");
        assertThat(loaded.token("pump-03")).isNull();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void openFilesAreNoticed() throws IOException {
        Path file = folder.resolve("credentials");
        new Credentials().save(file);
        assertThat(Credentials.isOpenToOthers(file)).isFalse();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(Credentials.isOpenToOthers(file)).isTrue();
    }

    @Test
    void badLinesAreNamedWithoutTheirContent() throws IOException {
        Path file = Files.writeString(folder.resolve("credentials"), "# x\n\npump-01 a\nsecret\n");
        assertThatThrownBy(() -> Credentials.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 4")
                .message()
                .doesNotContain("secret");
    }
}
