package dev.slipway.gateway.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.TrafficSample.FirstAnswer;
import java.net.URI;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClientsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
    private static final Division TENTH = split(3, NOW, 10);

    @Test
    void a_client_has_one_bucket_whatever_the_percents() {
        assertThat(Clients.bucket("ada", split(3, NOW, 10)))
                .isEqualTo(Clients.bucket("ada", split(9, NOW.plusSeconds(60), 50)));
    }

    @Test
    void a_clients_bucket_is_the_one_that_other_gateways_of_any_release_give_it() {
        Division alone = Division.of(Tables.table(3, NOW, Canary.Assign.CLIENT, Tables.baseline(100)));

        assertThat(Clients.bucket("ada", TENTH)).isEqualTo(3350);
        assertThat(Clients.bucket("grace", TENTH)).isEqualTo(9826);
        assertThat(Clients.bucket("ada", alone)).isEqualTo(1789);
        assertThat(Clients.number("ada")).isEqualTo(12829);
    }

    @Test
    void the_first_tenth_of_the_buckets_holds_about_a_tenth_of_the_clients() {
        long low = IntStream.range(0, 20_000)
                .filter(i -> Clients.bucket("client-" + i, TENTH) < 1000)
                .count();

        assertThat(low).isBetween(1830L, 2170L); // four standard deviations around 2,000
    }

    @Test
    void a_clients_number_is_the_same_everywhere_and_says_nothing_of_its_side() {
        assertThat(Clients.number("ada")).isEqualTo(Clients.number("ada")).isBetween(0, FirstAnswer.CLIENTS - 1);

        long low = IntStream.range(0, 20_000)
                .filter(i -> Clients.number("client-" + i) < FirstAnswer.CLIENTS / 10)
                .filter(i -> Clients.bucket("client-" + i, TENTH) < 1000)
                .count();

        assertThat(low).isBetween(140L, 260L); // a tenth of a tenth, four standard deviations around 200
    }

    @Test
    void other_clients_try_the_next_version() {
        Division next = Division.of(Tables.table(
                9,
                NOW,
                Canary.Assign.CLIENT,
                Tables.baseline(90),
                Tables.share("hello@1.2.0/production/1", "1.2.0", 10, URI.create("http://127.0.0.1:9"))));

        long both = IntStream.range(0, 20_000)
                .filter(i -> Clients.bucket("client-" + i, TENTH) < 1000)
                .filter(i -> Clients.bucket("client-" + i, next) < 1000)
                .count();

        assertThat(both).isLessThan(300); // a tenth of a tenth would be 200, the same ones 2,000
    }

    private static Division split(long counter, Instant at, int canaryPercent) {
        return Division.of(Tables.split(counter, at, canaryPercent));
    }
}
