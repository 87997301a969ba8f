package io.sluice.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.telemetry.Profile;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryDirectoryTest {
    private static final DeviceToken TOKEN = new DeviceToken("first");
    private static final DeviceToken OTHER = new DeviceToken("second");

    private long now = 1_000_000;
    private final List<String> heard = new ArrayList<>();
    private final TokenUses uses = new TokenUses();
    private final MemoryDirectory directory =
            new MemoryDirectory((InstantSource) () -> Instant.ofEpochMilli(now), List.of(new Recorder()), uses);

    private final class Recorder implements DirectoryListener {
        @Override
        public void deviceChanged(DirectoryEntry entry) {
            heard.add("changed " + entry.device());
        }

        @Override
        public void deviceRemoved(String device) {
            heard.add("removed " + device);
        }

        @Override
        public void tokenEnded(String device, long token, TokenEnd end) {
            heard.add(end + " " + device + " " + token);
        }
    }

    MemoryDirectoryTest() {
        directory.putProfile(Profile.DEFAULT);
    }

    @Test
    void admitsARightTokenAndNamesIt() {
        put("a", true, token(1, TOKEN), token(2, OTHER));
        assertThat(directory.authenticate("a", "second")).isEqualTo(new Admission.Admitted(directory.find("a"), 2));
        assertThat(directory.authenticate("first")).isEqualTo(new Admission.Admitted(directory.find("a"), 1));
    }

    @Test
    void notesWhichTokenWasUsedAndWhenLast() {
        put("a", true, token(1, TOKEN), token(2, OTHER));
        put("b", false, token(3, new DeviceToken("third")));
        directory.authenticate("a", "second");
        now += 5;
        directory.authenticate("second");
        directory.authenticate("a", "wrong");
        directory.authenticate("third");
        directory.used(Admission.NO_TOKEN);
        assertThat(uses.take(10)).isEqualTo(Map.of(2L, now));

        now += 5;
        directory.used(1);
        uses.used(1, now - 1);
        uses.used(2, now - 1);
        assertThat(uses.take(1)).hasSize(1);
        assertThat(uses.take(1)).hasSize(1);
        assertThat(uses.take(1)).isEmpty();
    }

    @Test
    void refusesWhatIsUnknownAnothersOrTooLong() {
        put("a", true, token(1, TOKEN));
        put("b", true, token(2, OTHER));
        put("c", true);
        for (Admission admission : List.of(
                directory.authenticate("a", "second"),
                directory.authenticate("a", ""),
                directory.authenticate("none", "first"),
                directory.authenticate("c", "first"),
                directory.authenticate("third"),
                directory.authenticate("a", "x".repeat(10_000)),
                directory.authenticate("x".repeat(10_000)))) {
            assertThat(admission).isInstanceOf(Admission.Refused.class);
        }
    }

    @Test
    void tellsADisabledDeviceOnlyToWhomHasItsToken() {
        put("a", false, token(1, TOKEN));
        assertThat(directory.authenticate("a", "first")).isInstanceOf(Admission.Disabled.class);
        assertThat(directory.authenticate("a", "second")).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void endsTokensOnTime() {
        put(
                "a",
                true,
                new TokenEntry(1, TOKEN.hash(), now + 10, TokenEnd.REVOKED),
                new TokenEntry(2, OTHER.hash(), now + 20, TokenEnd.EXPIRED));
        now += 10;
        assertThat(directory.authenticate("first")).isInstanceOf(Admission.Refused.class);
        directory.endTokens();
        assertThat(heard).containsExactly("REVOKED a 1");
        now += 10;
        directory.endTokens();
        directory.endTokens();
        assertThat(heard).containsExactly("REVOKED a 1", "EXPIRED a 2");
        assertThat(directory.authenticate("a", "second")).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void aTokenThatIsGoneWasRevokedUnlessItsTimeHadCome() {
        put("a", true, token(1, TOKEN), new TokenEntry(2, OTHER.hash(), now + 500, TokenEnd.EXPIRED));
        put("a", true);
        assertThat(heard).containsExactly("REVOKED a 1", "EXPIRED a 2");
        assertThat(directory.authenticate("first")).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void aProfileReachesItsDevices() {
        put("a", true);
        Profile strict = new Profile("default", true, 1, 1, Map.of());
        directory.putProfile(strict);
        directory.putProfile(strict);
        assertThat(directory.find("a").profile()).isSameAs(strict);
        assertThat(heard).containsExactly("changed a");
    }

    @Test
    void tellsOnlyWhatChanged() {
        put("a", true, token(1, TOKEN));
        put("a", true, token(1, TOKEN));
        assertThat(heard).isEmpty();
        put("a", false, token(1, TOKEN));
        directory.retain(Set.of());
        directory.remove("a");
        assertThat(heard).containsExactly("changed a", "removed a");
        assertThat(directory.find("a")).isNull();
    }

    @Test
    void aFailingListenerStopsNobody() {
        MemoryDirectory bad = new MemoryDirectory(
                InstantSource.system(),
                List.of(new DirectoryListener() {
                    @Override
                    public void deviceRemoved(String device) {
                        throw new IllegalStateException("expected by the test");
                    }
                }),
                uses);
        bad.put("a", null, "default", true, List.of());
        bad.remove("a");
        assertThat(bad.size()).isZero();
    }

    @Test
    void holdsAHundredThousandDevicesInUnderAHundredMegabytes() {
        long before = used();
        for (int i = 0; i < 100_000; i++) {
            TokenHash hash = new TokenHash(i * 31L, i, i + 1L, i + 2L);
            directory.put(
                    "device-number-" + i,
                    "group-" + i % 100,
                    "default",
                    true,
                    List.of(new TokenEntry(i, hash, Long.MAX_VALUE, TokenEnd.REVOKED)));
        }
        assertThat((used() - before) / 1_000_000).isLessThan(100);
        assertThat(directory.size()).isEqualTo(100_000);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void put(String device, boolean enabled, TokenEntry... tokens) {
        directory.put(device, "line-3", "default", enabled, List.of(tokens));
    }

    private static TokenEntry token(long id, DeviceToken token) {
        return new TokenEntry(id, token.hash(), Long.MAX_VALUE, TokenEnd.REVOKED);
    }
}
