package dev.slipway.gateway.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.traffic.TrafficSample.FirstAnswer;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClientsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    @Test
    void a_client_has_one_bucket_whatever_the_percents() {
        assertThat(Clients.bucket("ada", Tables.split(3, NOW, 10)))
                .isEqualTo(Clients.bucket("ada", Tables.split(9, NOW.plusSeconds(60), 50)));
    }

    @Test
    void the_first_tenth_of_the_buckets_holds_about_a_tenth_of_the_clients() {
        long low = IntStream.range(0, 20_000)
                .filter(i -> Clients.bucket("client-" + i, Tables.split(3, NOW, 10)) < 1000)
                .count();

        assertThat(low).isBetween(1830L, 2170L); // four standard deviations around 2,000
    }

    @Test
    void a_clients_number_is_the_same_everywhere_and_says_nothing_of_its_side() {
        assertThat(Clients.number("ada")).isEqualTo(Clients.number("ada")).isBetween(0, FirstAnswer.CLIENTS - 1);

        long low = IntStream.range(0, 20_000)
                .filter(i -> Clients.number("client-" + i) < FirstAnswer.CLIENTS / 10)
                .filter(i -> Clients.bucket("client-" + i, Tables.split(3, NOW, 10)) < 1000)
                .count();

        assertThat(low).isBetween(140L, 260L); // a tenth of a tenth, four standard deviations around 200
    }

    @Test
    void other_clients_try_the_next_version() {
        var next = Tables.table(
                9,
                NOW,
                dev.slipway.contracts.policy.Canary.Assign.CLIENT,
                Tables.baseline(90),
                Tables.share("hello@1.2.0/production/1", "1.2.0", 10, java.net.URI.create("http://127.0.0.1:9")));

        long both = IntStream.range(0, 20_000)
                .filter(i -> Clients.bucket("client-" + i, Tables.split(3, NOW, 10)) < 1000)
                .filter(i -> Clients.bucket("client-" + i, next) < 1000)
                .count();

        assertThat(both).isLessThan(300); // a tenth of a tenth would be 200, the same ones 2,000
    }
}
