package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceTest {
    private final List<String> happened = new ArrayList<>();
    private final Place place = new Place(() -> happened.add("free"));

    @Test
    void isFreeOnceWhenItsSocketHasGone() {
        place.end();
        place.end();
        assertThat(happened).containsExactly("free");
        assertThat(place.promise(() -> happened.add("heir"))).isFalse();
    }

    @Test
    void goesToTheOneItWasPromisedAndIsFreeWithThatOne() {
        assertThat(place.promise(() -> happened.add("heir"))).isTrue();
        assertThat(place.promise(() -> happened.add("another"))).isFalse();
        place.end();
        assertThat(happened).containsExactly("heir");
        place.end();
        assertThat(happened).containsExactly("heir", "free");
    }

    /** Before that nobody could be told to make room, and who was promised it would wait for ever. */
    @Test
    void isPromisedAgainOnlyWhenItsHeirIsOpen() {
        place.promise(() -> happened.add("heir"));
        place.end();
        assertThat(place.promise(() -> happened.add("third"))).isFalse();
        place.occupied();
        assertThat(place.promise(() -> happened.add("third"))).isTrue();
        place.end();
        assertThat(happened).containsExactly("heir", "third");
    }

    @Test
    void isFreeWhenItsHeirGoesBeforeItIsOpen() {
        place.promise(() -> happened.add("heir"));
        place.end();
        place.end();
        assertThat(happened).containsExactly("heir", "free");
    }
}
