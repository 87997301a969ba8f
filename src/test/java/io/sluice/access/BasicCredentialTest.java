package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class BasicCredentialTest {
    @Test
    void splitsAtTheFirstColon() {
        assertThat(BasicCredential.parse("basic " + encode("ann:a:b ü"))).contains(new BasicCredential("ann", "a:b ü"));
        assertThat(BasicCredential.parse("Basic " + encode("ann:"))).contains(new BasicCredential("ann", ""));
    }

    @Test
    void takesNothingElse() {
        for (String header : List.of(
                "",
                "Basic",
                "Basic ",
                "Basic !!!",
                "Basic " + encode("ann"),
                "Basic " + encode(":secret"),
                "Bearer " + encode("ann:secret"),
                "Basic " + encode("ann:" + "x".repeat(2_000)))) {
            assertThat(BasicCredential.parse(header)).as(header).isEmpty();
        }
    }

    @Test
    void showsNoPassword() {
        assertThat(new BasicCredential("ann", "secret").toString()).doesNotContain("secret");
        assertThat(new Secret("secret").toString()).doesNotContain("secret");
        assertThat(new SessionResource.LoginBody("ann", "secret").toString()).doesNotContain("secret");
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
