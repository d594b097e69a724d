package dev.slipway.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

class RouteSettingsTest {
    @Test
    void several_instances_are_separated_by_commas() throws IOException {
        RouteSettings settings = bound("http://127.0.0.1:8081,http://127.0.0.1:8091");

        assertThat(settings.release())
                .containsExactly(URI.create("http://127.0.0.1:8081"), URI.create("http://127.0.0.1:8091"));
        assertThat(settings.validation()).hasSize(1);
    }

    @Test
    void the_same_instance_twice_is_one() throws IOException {
        assertThat(bound("http://127.0.0.1:8081, http://127.0.0.1:8081").release())
                .hasSize(1);
    }

    @Test
    void what_is_no_address_is_refused_by_its_name() {
        for (String wrong : List.of("", "127.0.0.1:8081", "ftp://127.0.0.1:8081")) {
            assertThatThrownBy(() -> bound(wrong))
                    .as(wrong)
                    .rootCause()
                    .hasMessageContaining(wrong.isEmpty() ? "slipway.routes.release" : "127.0.0.1:8081");
        }
    }

    private static RouteSettings bound(String release) throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .forEach(environment.getPropertySources()::addLast);
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("test", java.util.Map.of("slipway.routes.release", release)));
        return new Binder(ConfigurationPropertySources.get(environment))
                .bind("slipway.routes", RouteSettings.class)
                .get();
    }
}
