package io.sluice.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.platform.Problem.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void writesWhatTheRfcNames() {
        assertThat(text(Problem.of(404, "no \"such\" thing")))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                        + "\"detail\":\"no \\\"such\\\" thing\"}");
        assertThat(text(Problem.of(400, "bad").with("code", "malformed"))).contains("\"code\":\"malformed\"");
        assertThat(text(Problem.ofFields(List.of(new FieldError("id", "is wrong")))))
                .contains("\"errors\":[{\"field\":\"id\",\"detail\":\"is wrong\"}]");
    }

    @Test
    void aPreconditionIsMetByItsVersionAStarOrNone() {
        for (String met : new String[] {null, "", "*", "\"7\"", "\"1\", \"7\""}) {
            assertThatCode(() -> new Precondition(met).require(7)).doesNotThrowAnyException();
        }
        for (String missed : new String[] {"\"6\"", "7", "W/\"7\"", "\"77\"", "x"}) {
            assertThatThrownBy(() -> new Precondition(missed).require(7))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().status()).isEqualTo(412));
        }
    }

    private static String text(Problem problem) {
        return new String(problem.toBytes(), StandardCharsets.UTF_8);
    }
}
