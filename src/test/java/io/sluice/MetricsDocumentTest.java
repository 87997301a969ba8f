package io.sluice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the table of {@code docs/metrics.md} and what a running service tells Prometheus together. */
@QuarkusTest
class MetricsDocumentTest {
    /** Have a label that only an event brings, so they may not be there yet. */
    private static final Set<String> AFTER_AN_EVENT = Set.of(
            "sluice_ingest_handshakes_refused_total",
            "sluice_ingest_closes_total",
            "sluice_http_timeouts_total",
            "sluice_access_refused_total");

    private static final Pattern FAMILY = Pattern.compile("# TYPE (sluice_\\w+) (\\w+)");
    private static final Pattern SAMPLE = Pattern.compile("(sluice_\\w+)(?:\\{([^}]*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    @Test
    void theTableNamesWhatPrometheusGetsAndNothingElse() throws IOException {
        given().post("/ingest");
        given().get("/api/devices");
        Map<String, Set<String>> told = new TreeMap<>();
        metrics().lines().forEach(line -> {
            Matcher family = FAMILY.matcher(line);
            if (family.matches()) {
                told.put(family.group(1), new TreeSet<>());
            }
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches() && told.containsKey(sample.group(1)) && sample.group(2) != null) {
                LABEL.matcher(sample.group(2))
                        .results()
                        .forEach(label -> told.get(sample.group(1)).add(label.group(1)));
            }
        });
        // A histogram's maximum, which Micrometer adds to it.
        told.remove("sluice_kafka_latency_seconds_max");
        told.remove("sluice_live_delivery_seconds_max");

        Map<String, Set<String>> documented = new TreeMap<>(DocumentedMetrics.labelsByName());
        documented.keySet().removeIf(name -> AFTER_AN_EVENT.contains(name) && !told.containsKey(name));
        assertThat(told).isEqualTo(documented).containsKey("sluice_access_refused_total");
    }

    @Test
    void theCertificateEndsInTheFuture() throws IOException {
        Matcher sample = metrics()
                .lines()
                .map(SAMPLE::matcher)
                .filter(matcher ->
                        matcher.matches() && matcher.group(1).equals("sluice_tls_certificate_expiry_seconds"))
                .findFirst()
                .orElseThrow();
        assertThat(Double.parseDouble(sample.group(3)))
                .isFinite()
                .isGreaterThan(Instant.now().getEpochSecond());
    }

    private static String metrics() {
        return given().auth()
                .preemptive()
                .basic("admin", "admin")
                // In the other format a counter's family has not the name of its sample.
                .accept("text/plain")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
