package dev.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;

class IdentitySettingsTest {
    private final WebApplicationContextRunner service = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(WebAutoConfiguration.class))
            .withUserConfiguration(Secured.class)
            .withBean(AccessRules.class, () -> requests -> {});

    @EnableWebSecurity
    static class Secured {}

    @Test
    void a_key_file_is_all_that_must_be_named() {
        service.withPropertyValues(key(TestIssuer.publicKeyFile())).run(started -> {
            IdentitySettings settings = started.getBean(IdentitySettings.class);
            assertThat(settings.issuer()).isEqualTo("slipway-local");
            assertThat(settings.clockSkew()).isEqualTo(Duration.ofSeconds(30));
            assertThat(settings.keyLookEvery()).isEqualTo(Duration.ofSeconds(1));
            assertThat(settings.tokensKeptMax()).isEqualTo(1000);
            assertThat(settings.bodyMax().toBytes()).isEqualTo(1024 * 1024);
            assertThat(settings.publicBadges()).as("deny by default").isEmpty();
        });
    }

    @Test
    void a_service_without_a_key_does_not_start_and_says_what_to_set() {
        service.run(failed -> assertThat(cause(failed)).contains("slipway.identity.public-key"));
    }

    @Test
    void a_key_file_that_is_not_there_is_named() {
        service.withPropertyValues("slipway.identity.public-key=file:/nowhere/issuer.pem")
                .run(failed ->
                        assertThat(cause(failed)).contains("slipway.identity.public-key", "/nowhere/issuer.pem"));
    }

    @Test
    void a_file_that_holds_something_else_is_named() {
        Path noKey = TestIssuer.pem("CERTIFICATE", new byte[] {1, 2, 3});

        service.withPropertyValues(key(noKey))
                .run(failed -> assertThat(cause(failed)).contains("slipway.identity.public-key", noKey.toString()));
    }

    @Test
    void a_key_that_is_too_short_is_refused() {
        Path weak =
                TestIssuer.pem("PUBLIC KEY", TestIssuer.rsa(1024).getPublic().getEncoded());

        service.withPropertyValues(key(weak))
                .run(failed -> assertThat(cause(failed)).contains("1024 bits", "2048"));
    }

    @ParameterizedTest
    @CsvSource({
        "clock-skew, -1s, 0 s to 5 min",
        "clock-skew, 301s, 0 s to 5 min",
        "key-look-every, -1s, 0 s to 1 min",
        "key-look-every, 61s, 0 s to 1 min",
        "tokens-kept-max, -1, 0 to 100000",
        "tokens-kept-max, 100001, 0 to 100000",
        "body-max, 0B, at least 1 byte",
        "issuer, '', issuer",
        "audience, '', audience",
        "public-badges, 'hello,*', public-badges",
        "public-badges, hello/../shop, public-badges"
    })
    void a_setting_out_of_range_is_refused(String setting, String value, String limit) {
        service.withPropertyValues(key(TestIssuer.publicKeyFile()), "slipway.identity." + setting + "=" + value)
                .run(failed -> assertThat(cause(failed)).contains("slipway.identity." + setting, limit));
    }

    @Test
    void applications_with_a_public_badge_are_named_and_at_most_a_hundred_of_them() {
        service.withPropertyValues(key(TestIssuer.publicKeyFile()), "slipway.identity.public-badges=hello,shop")
                .run(started -> assertThat(
                                started.getBean(IdentitySettings.class).publicBadges())
                        .containsExactly("hello", "shop"));

        String many = IntStream.rangeClosed(1, 101).mapToObj(i -> "app" + i).collect(Collectors.joining(","));
        service.withPropertyValues(key(TestIssuer.publicKeyFile()), "slipway.identity.public-badges=" + many)
                .run(failed -> assertThat(cause(failed)).contains("public-badges must name 0 to 100 applications"));
    }

    private static String key(Path file) {
        return "slipway.identity.public-key=file:" + file;
    }

    private static String cause(AssertableWebApplicationContext context) {
        Throwable cause = context.getStartupFailure();
        assertThat(cause).isNotNull();
        StringBuilder messages = new StringBuilder();
        for (Throwable next = cause; next != null; next = next.getCause()) {
            messages.append(next.getMessage()).append('\n');
        }
        return messages.toString();
    }
}
