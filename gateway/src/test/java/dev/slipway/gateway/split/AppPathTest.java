package dev.slipway.gateway.split;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppPathTest {
    @Test
    void the_application_sees_what_follows_the_environment_as_it_was_sent() {
        assertThat(AppPath.parse("/apps/hello/production/a%20b//c/")).contains(new AppPath(Tables.HELLO, "/a%20b//c/"));
        assertThat(AppPath.parse("/apps/hello/production")).contains(new AppPath(Tables.HELLO, "/"));
        assertThat(AppPath.parse("/apps/hello/production//a;b=1/%2F"))
                .contains(new AppPath(Tables.HELLO, "//a;b=1/%2F"));
        assertThat(AppPath.parse("/apps/hello/production/").orElseThrow().prefix())
                .isEqualTo("/apps/hello/production");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/apps/hello",
                "/apps/",
                "/apps/hello/test/x",
                "/apps/Hello/production/x",
                "/app/hello/production"
            })
    void a_path_without_an_environment_is_none(String path) {
        assertThat(AppPath.parse(path)).isEmpty();
    }
}
