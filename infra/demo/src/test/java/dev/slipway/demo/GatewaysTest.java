package dev.slipway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.demo.StubGateway.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatewaysTest {
    private static final URI ONE = URI.create("http://one.test");
    private static final URI TWO = URI.create("http://two.test");
    private static final URI THREE = URI.create("http://three.test");

    private final Gateways gateways = new Gateways(List.of(ONE, TWO, THREE));
    private final List<URI> asked = new ArrayList<>();

    @Test
    void the_next_is_asked_where_one_is_away_and_stays_the_first_to_be_asked() throws Exception {
        assertThat(gateways.ask(answering(Set.of(TWO, THREE)), _ -> true)).isEqualTo(TWO);
        assertThat(gateways.ask(answering(Set.of(TWO, THREE)), _ -> true)).isEqualTo(TWO);
        assertThat(gateways.current()).isEqualTo(TWO);
        assertThat(gateways.ask(answering(Set.of(ONE)), _ -> true)).isEqualTo(ONE);

        assertThat(asked).containsExactly(ONE, TWO, TWO, TWO, THREE, ONE);
    }

    @Test
    void where_all_are_away_each_is_asked_once_and_the_last_is_named() {
        assertThatThrownBy(() -> gateways.ask(answering(Set.of()), _ -> true))
                .isInstanceOfSatisfying(
                        Gateways.Away.class, away -> assertThat(away.gateway()).isEqualTo(THREE))
                .hasMessageContaining("http://three.test does not answer")
                .hasRootCauseMessage("away");
        assertThat(asked).containsExactly(ONE, TWO, THREE);
        assertThat(gateways.current()).isEqualTo(ONE);
    }

    @Test
    void what_may_not_be_asked_twice_is_asked_of_one() {
        assertThatThrownBy(() -> gateways.ask(answering(Set.of(TWO)), _ -> false))
                .isInstanceOf(Gateways.Away.class);
        assertThat(asked).containsExactly(ONE);
    }

    @Test
    void the_next_gets_the_same_request() throws Exception {
        URI nobody;
        try (StubGateway gone = new StubGateway(_ -> new Answer(200, ""))) {
            nobody = gone.uri();
        }
        try (StubGateway gateway = new StubGateway(_ -> new Answer(200, "taken"));
                HttpClient http = HttpClient.newHttpClient()) {
            Gateways two = new Gateways(List.of(nobody, gateway.uri()));
            HttpRequest request = two.request("/api/v1/things/" + Gateways.encode("a b/c") + "?of=%26", "token")
                    .header("Idempotency-Key", "key-1")
                    .POST(BodyPublishers.ofString("body"))
                    .build();

            assertThat(two.send(http, request, 100, _ -> true).body()).isEqualTo("taken");
            assertThat(gateway.asked).singleElement().satisfies(same -> {
                assertThat(same.line()).isEqualTo("POST /api/v1/things/a%20b%2Fc?of=%26");
                assertThat(same.header("Authorization")).isEqualTo("Bearer token");
                assertThat(same.header("Idempotency-Key")).isEqualTo("key-1");
                assertThat(same.body()).isEqualTo("body");
            });
        }
    }

    @Test
    void a_problem_is_explained_by_its_detail_or_its_title_or_whatever_came() {
        assertThat(Gateways.explanation("{\"title\":\"Forbidden\",\"detail\":\"a role\\n is  needed\"}"))
                .isEqualTo("a role is needed");
        assertThat(Gateways.explanation("{\"title\":\"Forbidden\"}")).isEqualTo("Forbidden");
        assertThat(Gateways.explanation("{\"other\":1}")).isEqualTo("{\"other\":1}");
        assertThat(Gateways.explanation("<html>" + "x".repeat(1_000)))
                .startsWith("<html>x")
                .hasSize(500);
        assertThat(Gateways.explanation(" \n")).isEqualTo("no explanation came");
    }

    private Gateways.Question<URI> answering(Set<URI> there) {
        return gateway -> {
            asked.add(gateway);
            if (!there.contains(gateway)) {
                throw new IOException("away");
            }
            return gateway;
        };
    }
}
