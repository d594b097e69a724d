package dev.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class PublicBadgesTest {
    private static final String BADGE = "/api/v1/applications/hello/guide/badge.svg";

    private final PublicBadges badges = new PublicBadges(List.of("hello", "shop"));

    private static MockHttpServletRequest asked(String method, String path) {
        return new MockHttpServletRequest(method, path);
    }

    @ParameterizedTest
    @CsvSource({"GET, hello", "HEAD, hello", "GET, shop"})
    void the_drawn_badge_of_an_application_that_is_named_is_for_everybody(String method, String application) {
        assertThat(badges.matches(asked(method, BADGE.replace("hello", application))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/applications/other/guide/badge.svg",
                "/api/v1/applications/hello/guide/badge.json",
                "/api/v1/applications/hello/guide",
                "/api/v1/applications/hello/guide/plan",
                "/api/v1/applications/hello/policy",
                "/api/v1/applications/hello/guide/badge.svg/",
                "/api/v1/applications/hello/guide/badge.svg;a=b",
                "/api/v1/applications/hello/guide/%62adge.svg",
                "/api/v1/applications/other/../hello/guide/badge.svg",
                "/api/v1/applications/*/guide/badge.svg"
            })
    void nothing_else_is_and_neither_is_another_way_to_write_it(String path) {
        assertThat(badges.matches(asked("GET", path))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "get"})
    void it_is_to_be_looked_at_and_no_more(String method) {
        assertThat(badges.matches(asked(method, BADGE))).isFalse();
    }

    @Test
    void with_a_query_it_takes_a_token_as_whether_a_release_exists_is_nobodys_business() {
        MockHttpServletRequest named = asked("GET", BADGE);
        named.setQueryString("release=secret@1.0.0");

        assertThat(badges.matches(named)).isFalse();
    }

    @Test
    void where_nobody_is_named_no_badge_is_public() {
        assertThat(new PublicBadges(List.of()).matches(asked("GET", BADGE))).isFalse();
    }
}
