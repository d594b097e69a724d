package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlatformChoiceTest {
    private static final Optional<List<String>> NO_ENGINE = Optional.empty();
    private static final Optional<List<String>> NOTHING_BUILT = Optional.of(List.of("debian:12"));
    private static final Optional<List<String>> OWN_BUILT =
            Optional.of(List.of("slipway/platform:1", "slipway/gateway:1"));
    private static final Optional<List<String>> ALL =
            Optional.of(List.of("slipway/platform:1", "mongo:8", "apache/kafka:4"));

    @Test
    void without_a_wish_it_is_what_is_found() {
        assertThat(PlatformChoice.of(null, () -> NO_ENGINE).embedded()).isTrue();
        assertThat(PlatformChoice.of(" ", () -> NOTHING_BUILT).embedded()).isTrue();
        assertThat(PlatformChoice.of(null, () -> OWN_BUILT).images()).containsExactly("slipway/platform:1");
        assertThat(PlatformChoice.of(null, () -> ALL).images()).containsExactly("apache/kafka:4", "mongo:8");
    }

    @Test
    void the_embedded_platform_asks_no_engine() {
        PlatformChoice choice = PlatformChoice.of("embedded", () -> {
            throw new AssertionError("asked");
        });

        assertThat(choice.embedded()).isTrue();
    }

    @Test
    void demanded_containers_are_never_replaced_silently() {
        assertThatThrownBy(() -> PlatformChoice.of("containers", () -> NO_ENGINE))
                .hasMessageContaining("no container engine answers")
                .hasMessageContaining("infra/containers/build");
        assertThatThrownBy(() -> PlatformChoice.of("containers", () -> NOTHING_BUILT))
                .hasMessageContaining("neither apache/kafka with mongo nor slipway/platform");
        assertThat(PlatformChoice.of("containers", () -> OWN_BUILT).why()).isEqualTo("found slipway/platform:1");
    }

    @Test
    void an_unknown_wish_is_refused() {
        assertThatThrownBy(() -> PlatformChoice.of("podman", () -> ALL)).hasMessageContaining("containers or embedded");
    }
}
