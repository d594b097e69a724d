package dev.slipway.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.traffic.FrontView;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressTest {
    private static final EnvironmentId SHOP = EnvironmentId.parse("shop/production");
    private static final URI HERE = URI.create("http://127.0.0.1:8080");
    private static final Map<String, List<String>> HOSTS =
            Map.of("shop/production", List.of("shop.localhost", "shop.test"), "shop/staging", List.of());

    @Test
    void an_environment_is_reached_by_each_of_its_names_and_by_its_path() {
        assertThat(Address.of(HERE, new FrontView(8000, false, HOSTS), SHOP).urls())
                .containsExactly(
                        "http://shop.localhost:8000/",
                        "http://shop.test:8000/",
                        "http://127.0.0.1:8000/apps/shop/production/");
    }

    @Test
    void a_name_of_this_machine_is_not_told_of_another() {
        URI elsewhere = URI.create("https://slipway.example.test");

        assertThat(Address.of(elsewhere, new FrontView(443, true, HOSTS), SHOP).urls())
                .containsExactly("https://shop.test/", "https://slipway.example.test/apps/shop/production/");
        assertThat(Address.front(elsewhere, new FrontView(8443, true, HOSTS)))
                .hasToString("https://slipway.example.test:8443");
        assertThat(Address.front(HERE, new FrontView(80, false, HOSTS))).hasToString("http://127.0.0.1");
    }

    @Test
    void what_has_no_name_is_reached_by_its_path() {
        assertThat(Address.all(HERE, new FrontView(8000, false, HOSTS)))
                .extracting(Address::first)
                .containsExactly("http://shop.localhost:8000/", "http://127.0.0.1:8000/apps/shop/staging/");
    }
}
