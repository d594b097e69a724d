package dev.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

final class AcceptFilterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/releases/a@1.0.0       | application/json                 | 200",
                "/api/v1/releases/a@1.0.0       | */*                              | 200",
                "/api/v1/releases/a@1.0.0       | text/html                        | 406",
                "/api/v1/releases/a@1.0.0       | text/markdown                    | 406",
                "/api/v1/releases/a@1.0.0/notes | text/html                        | 200",
                "/api/v1/releases/a@1.0.0/notes | text/markdown, application/problem+json;q=0.5 | 200",
                "/api/v1/releases/a@1.0.0/notes | application/json                 | 200",
                "/api/v1/releases/a@1.0.0/notes | text/html;q=0                    | 406",
                "/api/v1/releases/a@1.0.0/notes | image/png                        | 406",
                "/api/v1/releases/a@1.0.0/notes | nonsense                         | 400",
                "/api/v1/releases/a@1.0.0/runbook | text/html                      | 200",
                "/api/v1/releases/a@1.0.0/runbook | image/png                      | 406",
                "/api/v1/releases/a@1.0.0/plan  | text/html                        | 406",
                "/api/v1/releases/a@1.0.0/files/sha256:00 | application/octet-stream | 200",
                "/api/v1/releases/a@1.0.0/files/sha256:00 | text/html            | 406",
                "/api/v1/releases/a@1.0.0/files/sha256:00/notes | application/octet-stream | 406",
                "/api/v1/releases/a@1.0.0       | application/octet-stream         | 406",
                "/api/v1/applications/a/guide/badge.svg | image/*                  | 200",
                "/api/v1/applications/a/guide/badge.svg | image/png,image/svg+xml  | 200",
                "/api/v1/applications/a/guide/badge.svg | image/png                | 406",
                "/api/v1/applications/a/guide/badge.json | image/*                 | 406"
            })
    void notes_runbooks_files_and_badges_alone_can_be_had_as_something_other_than_json(
            String path, String accept, int status) throws ServletException, IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.addHeader("Accept", accept);
        MockHttpServletResponse response = new MockHttpServletResponse();

        new AcceptFilter().doFilter(request, response, new MockFilterChain());

        assertThat(response.getStatus()).isEqualTo(status);
    }
}
