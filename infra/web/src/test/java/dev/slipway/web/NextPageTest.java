package dev.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class NextPageTest {
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/v1/deliveries");

    @BeforeEach
    void asked() {
        request.setQueryString("release=hello%401.0.0&limit=2&cursor=old");
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
    }

    @AfterEach
    void answered() {
        RequestContextHolder.resetRequestAttributes();
    }

    @Test
    void a_page_names_the_next_one_with_what_was_asked_for() {
        ResponseEntity<List<String>> answer = NextPage.of(List.of("a", "b"), "app/production&x");

        assertThat(answer.getBody()).containsExactly("a", "b");
        assertThat(answer.getHeaders().getFirst("Link"))
                .isEqualTo(
                        "</api/v1/deliveries?release=hello%401.0.0&limit=2&cursor=app%2Fproduction%26x>; rel=\"next\"");
    }

    @Test
    void the_last_page_names_none() {
        assertThat(NextPage.of(List.of("a"), null).getHeaders().get("Link")).isNull();
    }

    @Test
    void a_limit_has_a_range() {
        assertThat(NextPage.limit(null, 50, 200)).isEqualTo(50);
        assertThat(NextPage.limit(200, 50, 200)).isEqualTo(200);
        assertThatThrownBy(() -> NextPage.limit(201, 50, 200)).hasMessage("limit must be 1 to 200, is 201");
        assertThatThrownBy(() -> NextPage.limit(0, 50, 200)).hasMessage("limit must be 1 to 200, is 0");
    }
}
