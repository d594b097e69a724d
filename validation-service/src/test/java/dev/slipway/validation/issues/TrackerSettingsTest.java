package dev.slipway.validation.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.unit.DataSize;

/** Which trackers may be asked: nobody by what is shipped, and whom an administrator names. */
final class TrackerSettingsTest {
    private static TrackerSettings bound(Map<String, Object> more) throws IOException {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addLast(new MapPropertySource("administrator", more));
        new YamlPropertySourceLoader()
                .load("shipped", new ClassPathResource("application.yml"))
                .forEach(sources::addLast);
        return new Binder(ConfigurationPropertySources.from(sources))
                .bind("slipway.validation.tracker", TrackerSettings.class)
                .get();
    }

    @Test
    void what_is_shipped_asks_nobody() throws IOException {
        TrackerSettings shipped = bound(Map.of());

        assertThat(shipped.hosts()).isEmpty();
        assertThat(shipped.credentials()).isEmpty();
        assertThat(shipped.askWithin()).isEqualTo(Duration.ofMinutes(2));
        assertThat(shipped.answerBytesMax()).isEqualTo(DataSize.ofMegabytes(8));
        assertThat(shipped.pageSize()).isEqualTo(100);
    }

    @Test
    void a_host_is_named_with_its_token() throws IOException {
        TrackerSettings settings = bound(Map.of(
                "slipway.validation.tracker.hosts[0]", " API.github.com ",
                "slipway.validation.tracker.credentials[0].host", "API.github.com",
                "slipway.validation.tracker.credentials[0].tokenfile", "/run/secrets/github"));

        assertThat(settings.hosts()).containsExactly("api.github.com");
        assertThat(settings.tokenFile("api.github.com")).contains(Path.of("/run/secrets/github"));
        assertThat(settings.tokenFile("gitlab.com")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,1", "101,1", "1,0", "1,1001"})
    void pages_that_no_server_gives_are_refused(int size, int pages) {
        assertThatThrownBy(() -> new TrackerSettings(
                        List.of(),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        DataSize.ofMegabytes(1),
                        size,
                        pages,
                        Duration.ofHours(1),
                        List.of()))
                .hasMessageContaining("page-size must be 1 to 100 and pages-max 1 to 1,000");
    }
}
