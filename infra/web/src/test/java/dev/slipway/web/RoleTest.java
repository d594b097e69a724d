package dev.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RoleTest {
    @Test
    void everybody_may_look() {
        assertThat(Role.values()).allMatch(role -> role.implied().contains(Role.VIEWER));
    }

    @Test
    void saying_yes_is_implied_by_no_other_role() {
        assertThat(Arrays.stream(Role.values()).filter(role -> role.implied().contains(Role.APPROVER)))
                .containsExactly(Role.APPROVER);
    }

    @Test
    void an_admin_may_publish_and_steer() {
        assertThat(Role.ADMIN.implied())
                .containsExactlyInAnyOrder(Role.ADMIN, Role.OPERATOR, Role.PUBLISHER, Role.VIEWER);
    }

    @Test
    void a_role_is_named_in_lower_case() {
        assertThat(Role.named("approver")).contains(Role.APPROVER);
        assertThat(Role.named("APPROVER")).isEmpty();
        assertThat(Role.named("approver ")).isEmpty();
    }
}
