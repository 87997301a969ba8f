package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnOriginTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, http, localhost:8080, true",
        "HTTP://LocalHost:8080, http, localhost:8080, true",
        "https://sluice.example, https, sluice.example:443, true",
        "https://sluice.example:443, https, sluice.example, true",
        "http://sluice.example, http, sluice.example:80, true",
        "http://[::1]:8080, http, [::1]:8080, true",
        "http://localhost:8080, https, localhost:8080, false",
        "http://localhost:8081, http, localhost:8080, false",
        "http://localhost, http, localhost:8080, false",
        "https://sluice.example:80, https, sluice.example, false",
        "https://sluice.example.evil, https, sluice.example, false",
        "https://evil/https://sluice.example, https, sluice.example, false",
        "https://sluice.example/, https, sluice.example, false",
        "null, https, sluice.example, false",
        "file://, https, sluice.example, false",
        "'', https, sluice.example, false",
        "https://, https, '', false",
    })
    void isTheSameSchemeHostAndPort(String origin, String scheme, String authority, boolean own) {
        assertThat(OwnOrigin.matches(origin, scheme, authority)).isEqualTo(own);
    }
}
