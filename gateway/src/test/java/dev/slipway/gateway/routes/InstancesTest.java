package dev.slipway.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service may have as many instances as there are. */
final class InstancesTest {
    private static Instances of(List<URI> addresses) {
        return new Instances("release", addresses, CircuitBreakerRegistry.ofDefaults());
    }

    private static List<URI> addresses(int instances) {
        return IntStream.range(0, instances)
                .mapToObj(number -> URI.create("http://10.0.%d.%d:8081".formatted(number / 200, number % 200)))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 11, 64, 1_000})
    void each_of_however_many_instances_comes_first_in_its_turn(int number) {
        List<URI> addresses = addresses(number);
        Instances instances = of(addresses);

        List<URI> firsts = IntStream.range(0, number)
                .mapToObj(_ -> instances.inTurn().getFirst().address())
                .toList();

        assertThat(firsts).containsExactlyElementsOf(addresses);
        assertThat(instances.inTurn())
                .as("and after the last one the first again, with all others to fall back to")
                .extracting(Instance::address)
                .containsExactlyElementsOf(addresses);
    }

    @Test
    void they_are_asked_in_turn_for_longer_than_a_counter_lasts() {
        Instances instances = of(addresses(3));

        assertThat(IntStream.range(0, 7)
                        .mapToObj(_ -> instances.inTurn().getFirst().address().getHost())
                        .toList())
                .containsExactly("10.0.0.0", "10.0.0.1", "10.0.0.2", "10.0.0.0", "10.0.0.1", "10.0.0.2", "10.0.0.0");
    }
}
