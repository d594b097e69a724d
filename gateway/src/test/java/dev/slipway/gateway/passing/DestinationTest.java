package dev.slipway.gateway.passing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.EnvironmentId;
import java.util.List;
import org.junit.jupiter.api.Test;

class DestinationTest {
    private static final EnvironmentId SHOP = EnvironmentId.parse("shop/production");
    private static final EnvironmentId OTHER = EnvironmentId.parse("other/staging");
    private static final HostTable NAMES = HostTable.none().with(SHOP, List.of("shop.localhost", "shop.example.test"));

    @Test
    void a_host_is_known_in_any_form_and_leaves_the_target_as_it_is() {
        for (String form :
                new String[] {"shop.localhost", "SHOP.Localhost", "shop.localhost:8000", "shop.localhost."}) {
            assertThat(Destination.find(form, "/apps/other/staging/a?", NAMES))
                    .contains(new Destination(SHOP, "", "/apps/other/staging/a?"));
        }
        assertThat(Destination.find("nobody", "/a", NAMES)).isEmpty();
        assertThat(Destination.find(null, "/a", NAMES)).isEmpty();
    }

    @Test
    void a_path_names_what_no_host_does() {
        assertThat(Destination.find("127.0.0.1:8000", "/apps/other/staging/a%2Fb?x=/apps/", NAMES))
                .contains(new Destination(OTHER, "/apps/other/staging", "/a%2Fb?x=/apps/"));
        assertThat(Destination.find("x", "/apps/other/staging?", NAMES))
                .contains(new Destination(OTHER, "/apps/other/staging", "/?"));
        assertThat(Destination.find("x", "/apps/other/elsewhere/a", NAMES)).isEmpty();
    }

    @Test
    void only_behind_a_prefix_a_path_may_not_lead_out() {
        for (String path : new String[] {"/../a", "/a/%2E.;x/", "/a%5c..", "/a\\..\\b", "/.", "/a%2f..%2fb"}) {
            assertThat(new Destination(SHOP, "/apps/shop/production", path).leadsElsewhere())
                    .as(path)
                    .isTrue();
            assertThat(new Destination(SHOP, "", path).leadsElsewhere())
                    .as(path)
                    .isFalse();
        }
        for (String path : new String[] {"/..a/b..", "/a?b=/../", "/a.b/%25", "/...", "/"}) {
            assertThat(new Destination(SHOP, "/apps/shop/production", path).leadsElsewhere())
                    .as(path)
                    .isFalse();
        }
    }

    @Test
    void of_two_that_claim_a_name_the_first_keeps_it_until_it_gives_it_up() {
        HostTable both = NAMES.with(OTHER, List.of("other.localhost", "shop.localhost"));

        assertThat(both.find("shop.localhost")).contains(SHOP);
        assertThat(both.of(OTHER)).containsExactly("other.localhost");
        assertThat(both.refused(OTHER)).containsExactly("shop.localhost");
        assertThat(both.refusals()).isEqualTo(1);
        assertThat(both.with(OTHER, List.of("other.localhost", "shop.localhost")))
                .isSameAs(both);

        HostTable given =
                both.with(SHOP, List.of("shop.example.test")).with(OTHER, List.of("other.localhost", "shop.localhost"));
        assertThat(given.find("shop.localhost")).contains(OTHER);
        assertThat(given.refusals()).isZero();
        assertThat(given.of(OTHER)).containsExactly("other.localhost", "shop.localhost");
    }

    @Test
    void a_target_is_read_as_clients_send_it() {
        assertThat(RequestLine.of("/a", List.of("h"), false)).isEqualTo(new RequestLine("/a", null, null));
        assertThat(RequestLine.of("HTTP://h:1?x", List.of("other"), false))
                .isEqualTo(new RequestLine("/?x", "h:1", null));
        assertThat(RequestLine.of("/\u00c3\u009f", List.of("h"), false).target())
                .isEqualTo("/\u00df");
        assertThat(RequestLine.of("/\u00df", List.of("h"), false).target()).isEqualTo("/%DF");
        assertThat(RequestLine.of("/a", List.of(), true).refusal()).isNull();
        assertThat(RequestLine.of("/a", List.of(), false).refusal()).isEqualTo(Refusal.AMBIGUOUS_HOST);
        assertThat(RequestLine.of("/a", List.of("a", "a"), false).refusal()).isEqualTo(Refusal.AMBIGUOUS_HOST);
        assertThat(RequestLine.of("http://a@b/", List.of("a"), false).refusal()).isEqualTo(Refusal.AMBIGUOUS_HOST);
        assertThat(RequestLine.of("ftp://a/", List.of("a"), false).refusal()).isEqualTo(Refusal.MALFORMED);
        assertThat(RequestLine.of("/a\u0001", List.of("a"), false).refusal()).isEqualTo(Refusal.MALFORMED);
    }

    @Test
    void each_failure_says_whose_it_is_and_what_to_do() {
        for (SideFailure failure : SideFailure.values()) {
            Refusal told = failure.told("1.2.3");
            assertThat(told.json()).contains("\"status\":" + told.status(), "urn:slipway:problem:" + told.code());
            assertThat(told.detail()).matches(".*(Try again|Send).*");
            assertThat(failure.counted(1).isPresent()).isEqualTo(failure.isOfTheVersion());
        }
        assertThat(SideFailure.NO_ANSWER.triedAgain("GET", false)).isTrue();
        assertThat(SideFailure.NO_ANSWER.triedAgain("GET", true)).isFalse();
        assertThat(SideFailure.NO_ANSWER.triedAgain("POST", false)).isFalse();
        assertThat(SideFailure.TIMED_OUT.triedAgain("GET", false)).isFalse();
    }
}
