package io.sluice.local;

import java.nio.file.Files;
import java.nio.file.Path;

/** The project's folder, from wherever below it a tool started the JVM. */
final class ProjectRoot {
    private ProjectRoot() {}

    static Path find() {
        Path here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("mvnw")) && Files.exists(folder.resolve("pom.xml"))) {
                return folder;
            }
        }
        return here;
    }
}
