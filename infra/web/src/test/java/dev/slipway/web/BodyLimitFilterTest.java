package dev.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** What is said of a report that is too large, by whoever hears of it first. */
final class BodyLimitFilterTest {
    private static MockHttpServletResponse answer(int bytes) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/v1/applications/hello/evidence");
        request.setContent("x".repeat(bytes).getBytes(StandardCharsets.UTF_8));
        MockHttpServletResponse response = new MockHttpServletResponse();
        BodyLimitFilter.ofReports(100, "slipway.some.limit").doFilter(request, response, new MockFilterChain());
        return response;
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/releases/hello@1.0.0/duties/device-test/files, 60, 200",
        "POST, /api/v1/releases/hello@1.0.0/duties/device-test/files, 61, 413",
        "PUT,  /api/v1/releases/hello@1.0.0/duties/device-test/files, 11, 413",
        "POST, /api/v1/releases/hello@1.0.0/duties/device-test, 10, 200",
        "POST, /api/v1/releases/hello@1.0.0/duties/device-test, 11, 413",
        "POST, /api/v1/releases/hello@1.0.0/duties/a/b/files, 11, 413"
    })
    void a_file_of_an_answer_alone_may_be_larger_than_other_bodies(String method, String path, int bytes, int status)
            throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        request.setContent(new byte[bytes]);
        MockHttpServletResponse response = new MockHttpServletResponse();

        new BodyLimitFilter(10, List.of(LargerBodies.ofFiles(60, "slipway.some.limit")))
                .doFilter(request, response, new MockFilterChain());

        assertThat(response.getStatus()).isEqualTo(status);
        if (bytes == 61) {
            assertThat(response.getContentAsString(StandardCharsets.UTF_8))
                    .contains("at most 60 bytes. The limit is slipway.some.limit.", "answer with a link");
        }
    }

    @Test
    void a_report_that_is_too_large_is_told_how_large_it_may_be_by_which_setting_and_what_to_do() throws Exception {
        MockHttpServletResponse refused = answer(101);

        assertThat(refused.getStatus()).isEqualTo(413);
        assertThat(refused.getContentAsString(StandardCharsets.UTF_8))
                .contains("A request body may have at most 100 bytes. The limit is slipway.some.limit. Send less, or a"
                        + " report packed as a ZIP, as slipway evidence push does by itself with large ones.");
        assertThat(answer(100).getStatus()).isEqualTo(200);
    }
}
