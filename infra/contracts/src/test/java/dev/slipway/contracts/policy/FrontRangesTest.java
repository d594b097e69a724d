package dev.slipway.contracts.policy;

import static dev.slipway.contracts.Refusal.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By what names an environment is reached, how much it may take, and who always gets the new version. */
class FrontRangesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    static Stream<Refusal> refusals() {
        return Stream.concat(
                Stream.of(
                        refusal(
                                () -> hosts("localhost"),
                                "\"localhost\"",
                                "page and API themselves; name an own one, such as shop.localhost"),
                        refusal(() -> hosts("*.example.test"), "\"*.example.test\"", "wildcard"),
                        refusal(() -> hosts("shop.test:8000"), "\"shop.test:8000\"", "has a port"),
                        refusal(() -> hosts("http://shop.test"), "\"http://shop.test\"", "name alone"),
                        refusal(() -> hosts("Shop.test"), "\"Shop.test\"", "lower case"),
                        refusal(() -> hosts("bücher.test"), "ASCII", "xn--"),
                        refusal(() -> hosts("127.0.0.1"), "\"127.0.0.1\"", "IP address"),
                        refusal(() -> hosts("shop.1"), "\"shop.1\"", "ends in a number"),
                        refusal(() -> hosts("::1"), "\"::1\"", "has a port"),
                        refusal(() -> hosts("a..b"), "\"a..b\"", "DNS name"),
                        refusal(() -> hosts("shop.test."), "\"shop.test.\"", "DNS name"),
                        refusal(() -> hosts("-a.test"), "\"-a.test\"", "inner hyphens"),
                        refusal(() -> hosts("a_b.test"), "\"a_b.test\"", "letters, digits"),
                        refusal(() -> hosts("a".repeat(64) + ".test"), "aaa...", "1 to 63"),
                        refusal(() -> hosts(""), "0", "1 to 253"),
                        refusal(() -> hosts("a.".repeat(126) + "aa"), "254", "1 to 253"),
                        refusal(() -> hosts("a.test", "b.test", "a.test"), "once", "\"a.test\""),
                        refusal(() -> HostNames.require(names(21)), "21", "0 to 20"),
                        refusal(() -> limits(Duration.ofMillis(99), 1024, 1), "99 ms", "100 ms to 10 min"),
                        refusal(() -> limits(Duration.ofMinutes(11), 1024, 1), "11 min", "100 ms to 10 min"),
                        refusal(() -> limits(SECOND, 1023, 1), "1023", "1024 to 1073741824"),
                        refusal(() -> limits(SECOND, 1073741825, 1), "1073741825", "1024 to 1073741824"),
                        refusal(() -> limits(SECOND, 1024, 0), "0", "1 to 10000"),
                        refusal(() -> limits(SECOND, 1024, 10_001), "10001", "1 to 10000"),
                        refusal(() -> limits(SECOND, 1024, 1, "events"), "\"events\"", "start with /"),
                        refusal(() -> limits(SECOND, 1024, 1, "/a", "/a"), "once", "\"/a\""),
                        refusal(() -> limits(SECOND, 1024, 1, paths(21)), "21", "0 to 20")),
                Stream.of(
                        refusal(() -> header("X Beta", "1"), "\"X Beta\"", "letters, digits"),
                        refusal(() -> header("", "1"), "header", "1 to 100"),
                        refusal(() -> header("x".repeat(101), "1"), "xxx...", "1 to 100"),
                        refusal(() -> header("Slipway-Client", "1"), "slipway-client", "Slipway's own"),
                        refusal(() -> header("Cookie", "beta=1"), "{cookie: NAME", "for a cookie"),
                        refusal(() -> header("Host", "a"), "host", "carried"),
                        refusal(() -> header("X-Beta", ""), "\"\"", "1 to 200"),
                        refusal(() -> header("X-Beta", " 1"), "\" 1\"", "blank"),
                        refusal(() -> header("X-Beta", "ä"), "\"ä\"", "ASCII"),
                        refusal(() -> header("X-Beta", "x".repeat(201)), "xxx...", "1 to 200"),
                        refusal(() -> cookie("be ta", "1"), "cookie", "\"be ta\""),
                        refusal(() -> cookie("slipway-client", "1"), "slipway-client", "Slipway's own"),
                        refusal(() -> cookie("beta", "1;2"), "\"1;2\"", "semicolon"),
                        refusal(() -> cookie("beta", "x".repeat(201)), "xxx...", "1 to 200")));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_value_out_of_range_is_refused_with_the_value_and_the_remedy(Refusal refusal) {
        refusal.check();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "shop.localhost", "a-1.b.example.test", "1a.test", "xn--bcher-kva.example"})
    void a_host_is_a_dns_name(String host) {
        assertThatCode(() -> hosts(host)).doesNotThrowAnyException();
    }

    @Test
    void the_limits_themselves_are_legal() {
        assertThatCode(() -> {
                    HostNames.require(names(20));
                    hosts("a.".repeat(126) + "a");
                    limits(Duration.ofMillis(100), 1024, 1);
                    limits(Duration.ofMinutes(10), 1073741824, 10_000, paths(20));
                    header("X-Beta", "x".repeat(200));
                    header("x".repeat(100), "a b");
                    cookie("beta", "x".repeat(200));
                    cookie("Host", "1");
                })
                .doesNotThrowAnyException();
    }

    @Test
    void production_is_named_after_its_application_and_staging_before_it() {
        assertThat(HostNames.byDefault(EnvironmentId.parse("shop/production"))).isEqualTo("shop.localhost");
        assertThat(HostNames.byDefault(EnvironmentId.parse("shop/staging"))).isEqualTo("staging.shop.localhost");
        assertThat(HostNames.effective(EnvironmentId.parse("shop/production"), List.of("a.test")))
                .containsExactly("a.test");
    }

    @Test
    void a_long_poll_is_a_path_or_what_begins_like_one() {
        TrafficLimits limits = limits(SECOND, 1024, 1, "/wait", "/events*");

        assertThat(Stream.of("/wait", "/events", "/events/7").allMatch(limits::isLongPoll))
                .isTrue();
        assertThat(Stream.of("/wait/1", "/event", "/").anyMatch(limits::isLongPoll))
                .isFalse();
    }

    private static void hosts(String... names) {
        HostNames.require(List.of(names));
    }

    private static List<String> names(int number) {
        return IntStream.range(0, number).mapToObj(n -> "h" + n + ".test").toList();
    }

    private static String[] paths(int number) {
        return IntStream.range(0, number).mapToObj(n -> "/p" + n).toArray(String[]::new);
    }

    private static TrafficLimits limits(Duration firstByte, long body, int inFlight, String... longPoll) {
        return new TrafficLimits(firstByte, body, inFlight, List.of(longPoll));
    }

    private static Cohort header(String name, String value) {
        return new Cohort(Cohort.Source.HEADER, name, value);
    }

    private static Cohort cookie(String name, String value) {
        return new Cohort(Cohort.Source.COOKIE, name, value);
    }
}
