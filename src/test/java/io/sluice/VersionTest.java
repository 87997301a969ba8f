package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The version stands in {@code pom.xml}; what must repeat it elsewhere says the same. */
class VersionTest {
    private static final Pattern OF_PROJECT =
            Pattern.compile("(?s)<artifactId>[^<]+</artifactId>\\s*<version>([^<]+)<");

    private final String version = ofProject("pom.xml");
    private final String release = version.replace("-SNAPSHOT", "");

    VersionTest() throws IOException {}

    @Test
    void everyBuildHasIt() throws IOException {
        assertThat(ofProject("devices-sim/pom.xml")).isEqualTo(version);
        assertThat(ofProject("src/bench/pom.xml")).isEqualTo(version);
        assertThat(ofProject("src/bench/empty/pom.xml")).isEqualTo(version);
        assertThat(found("devices-sim/src/main/java/io/sluice/sim/command/DevicesSim.java", "\"devices-sim ([^\"]+)\""))
                .isEqualTo(release);
    }

    @Test
    void theReferenceOfTheBenchmarkHasTheServicesQuarkus() throws IOException {
        String quarkus = "<quarkus.platform.version>([^<]+)<";
        assertThat(found("src/bench/empty/pom.xml", quarkus)).isEqualTo(found("pom.xml", quarkus));
    }

    @Test
    void theManifestsAskForItsImage() throws IOException {
        assertThat(found("k8s/overlays/production/kustomization.yaml", "newTag: (\\S+)"))
                .isEqualTo(release);
    }

    @Test
    void theChangelogTellsOfIt() throws IOException {
        String heading = version.equals(release) ? "\\[?" + Pattern.quote(release) + "\\]?.*" : "Unreleased";
        assertThat(found("CHANGELOG.md", "(?m)^## (" + heading + ")$")).isNotEmpty();
    }

    private static String ofProject(String pom) throws IOException {
        return found(pom, OF_PROJECT.pattern());
    }

    /** The pattern's group where it first matches. */
    private static String found(String file, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
        assertThat(matcher.find()).as("%s in %s", pattern, file).isTrue();
        return matcher.group(1);
    }
}
