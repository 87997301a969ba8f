package io.sluice.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks npm packages that came as mvnpm jars into a {@code node_modules} folder.
 *
 * <p>Such a jar holds a package under {@code META-INF/resources/_static/<name>/<version>/}, and what a page does not
 * need, type declarations among it, in {@code META-INF/.more.tgz} under the same path without {@code META-INF}. The
 * bundler unpacks them too, but only while it builds the application, which is after the tests that check types.
 */
final class NpmPackages {
    private static final String STATIC = "META-INF/resources/_static/";
    private static final String MORE = "META-INF/.more.tgz";
    private static final String MAVEN = "META-INF/maven/";

    private final Path modules;

    NpmPackages(Path modules) {
        this.modules = modules;
    }

    /** Does nothing for a jar whose package is already there. */
    void unpack(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Path target = modules.resolve(npmName(zip));
            Path mark = target.resolve(".from-" + jar.getFileName());
            if (Files.exists(mark)) {
                return;
            }
            for (ZipEntry entry : zip.stream().filter(one -> !one.isDirectory()).toList()) {
                try (InputStream content = zip.getInputStream(entry)) {
                    if (entry.getName().equals(MORE)) {
                        unpackMore(content, target);
                    } else {
                        write(entry.getName(), content, target);
                    }
                }
            }
            Files.createFile(mark);
        }
    }

    /** {@code org.mvnpm:lit} is {@code lit}, {@code org.mvnpm.at.types:node} is {@code @types/node}. */
    private static String npmName(ZipFile zip) throws IOException {
        String properties = zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.startsWith(MAVEN) && name.endsWith("/pom.properties"))
                .findFirst()
                .orElseThrow(() -> new IOException(zip.getName() + " is not an mvnpm jar"));
        String[] coordinates = properties.substring(MAVEN.length()).split("/");
        String scope = coordinates[0].replaceFirst("^org\\.mvnpm(\\.at\\.)?", "");
        return scope.isEmpty() ? coordinates[1] : "@" + scope + "/" + coordinates[1];
    }

    private static void unpackMore(InputStream more, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new GZIPInputStream(more))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                if (entry.isFile()) {
                    write("META-INF/" + entry.getName(), tar, target);
                }
            }
        }
    }

    private static void write(String name, InputStream content, Path target) throws IOException {
        // Packages of @types have one folder more: node/24.10.0/node/fs.d.ts.
        int skipped = target.getParent().endsWith("@types") ? 3 : 2;
        if (!name.startsWith(STATIC)) {
            return;
        }
        Path path = Path.of(name.substring(STATIC.length()));
        if (path.getNameCount() <= skipped) {
            return;
        }
        Path file = target.resolve(path.subpath(skipped, path.getNameCount())).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("path leads out of the package: " + name);
        }
        Files.createDirectories(file.getParent());
        Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
