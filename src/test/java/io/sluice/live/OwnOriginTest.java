package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnOriginTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, http, localhost:8080, true",
        "http://LOCALHOST:8080, http, localhost:8080, true",
        "https://sluice.example, https, sluice.example:443, true",
        "http://sluice.example, http, sluice.example, true",
        "http://localhost:8080, https, localhost:8080, false",
        "http://localhost:8081, http, localhost:8080, false",
        "http://localhost:8080.evil.example, http, localhost:8080, false",
        "http://evil.example, http, localhost:8080, false",
        "null, http, localhost:8080, false",
        "file://, http, localhost:8080, false",
    })
    void isExact(String origin, String scheme, String host, boolean own) {
        assertThat(OwnOrigin.isOwn(origin, scheme, host)).isEqualTo(own);
    }
}
