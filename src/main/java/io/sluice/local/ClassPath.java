package io.sluice.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The class path of the running application, whichever class loader Quarkus put it in: {@code java.class.path} names
 * one small jar in dev mode and in the package.
 */
final class ClassPath {
    private static final String EVERY_JAR_HAS = "META-INF/MANIFEST.MF";

    private ClassPath() {}

    static String of(Class<?> member) {
        Set<String> entries = new LinkedHashSet<>();
        entries.add(home(member));
        try {
            for (URL manifest : Collections.list(member.getClassLoader().getResources(EVERY_JAR_HAS))) {
                if (manifest.openConnection() instanceof JarURLConnection jar) {
                    entries.add(Path.of(jar.getJarFileURL().toURI()).toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return String.join(File.pathSeparator, entries);
    }

    /** The folder or jar that holds the class itself; a folder of classes need not have a manifest. */
    private static String home(Class<?> member) {
        String resource = member.getName().replace('.', '/') + ".class";
        String location = member.getClassLoader().getResource(resource).toString();
        String container = location.substring(0, location.length() - resource.length());
        if (container.startsWith("jar:")) {
            container = container.substring("jar:".length(), container.length() - "!/".length());
        }
        return Path.of(URI.create(container)).toString();
    }
}
