package dev.slipway.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class DescribedOperationsTest {
    private final DescribedOperations operations = new DescribedOperations(ApiDescription.document());

    @Test
    void an_address_has_the_methods_that_the_description_lists_and_those_that_follow_from_them() {
        assertThat(at("/api/v1/releases")).containsExactly("GET", "HEAD", "OPTIONS", "POST");
        assertThat(at("/api/v1/releases/hello@1.0.0/abort")).containsExactly("OPTIONS", "POST");
    }

    @Test
    void an_address_that_is_not_described_has_none() {
        assertThat(at("/api/v1/nothing")).isEmpty();
        assertThat(at("/actuator/health")).isEmpty();
    }

    private Set<String> at(String path) {
        return operations.at(new MockHttpServletRequest("PATCH", path));
    }
}
