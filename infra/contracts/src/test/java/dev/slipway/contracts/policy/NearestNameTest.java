package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestNameTest {
    @Test
    void the_nearest_name_is_found_by_edit_distance() {
        assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearestName.to("Aproval", List.of("approvals", "application")))
                .contains("approvals");
        assertThat(NearestName.to("xyz", List.of("approvals", "application"))).isEmpty();
    }
}
