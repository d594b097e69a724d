package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Isolation.Found;
import dev.slipway.contracts.policy.Isolation.Gathering;
import dev.slipway.contracts.policy.Isolation.Given;
import dev.slipway.contracts.policy.Isolation.Kind;
import dev.slipway.contracts.policy.Isolation.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one environment has of the other. */
final class IsolationTest {
    private static Isolation of(List<Given> staging, List<Given> production) {
        return new Isolation(staging, production);
    }

    private static List<Given> text(String key, String text) {
        Gathering gathering = new Gathering();
        gathering.addText(key, text);
        return gathering.all();
    }

    private static Found found(List<Given> staging, List<Given> production) {
        return of(staging, production).rows(Isolated.ALL).getFirst().found();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            postgres://a:b@db:5432/shop       | postgresql://c:d@DB/shop?ssl=true     | SHARED
            postgres://db/shop                | postgres://db/shop_staging            | SHARED
            jdbc:postgresql://db:5432/shop    | postgres://db/shop                    | SHARED
            postgres://db-staging/shop        | postgres://db/shop                    | DIFFERENT
            mongodb://a:1,b:2/shop            | mongodb://b:2,c:3/shop                | SHARED
            mongodb://a:1,b:2/shop            | mongodb://b:3,c:3/shop                | DIFFERENT
            http://localhost:8080/a           | http://127.0.0.1:8080/b               | SHARED
            http://[::1]:8080/                | http://localhost:8080                 | SHARED
            http://api.example.test/v1        | https://api.example.test:80/v1        | SHARED
            http://127.0.0.1:{port}/          | http://127.0.0.1:8080/                | DIFFERENT
            /srv/data                         | /srv/data/                            | SHARED
            /srv/data                         | /srv/data/production                  | SHARED
            /srv/data/../staging              | /srv/staging                          | SHARED
            file:/srv/data                    | /srv/data                             | SHARED
            /srv/data                         | /srv/database                         | DIFFERENT
            """)
    void the_same_place_is_the_same_however_it_is_written(String staging, String production, Found found) {
        assertThat(found(text("env.A", staging), text("env.B", production))).isEqualTo(found);
    }

    @Test
    void what_names_no_place_is_not_compared() {
        assertThat(text("env.A", "hello")).isEmpty();
        assertThat(text("env.A", "data/files")).as("in the working folder").isEmpty();
    }

    @Test
    void credentials_of_an_address_are_in_no_mark() {
        assertThat(text("env.A", "postgres://ada:secret@db/shop?password=secret")
                        .toString())
                .doesNotContain("ada")
                .doesNotContain("secret");
    }

    @Test
    void a_port_of_production_is_found_in_an_address_of_staging() {
        Gathering production = new Gathering();
        production.addPort("port", "8080");

        assertThat(of(text("env.API", "http://localhost:8080/"), production.all())
                        .rows(Isolated.ALL))
                .containsExactly(new Row("env.API", Found.SHARED, "same address as port of production"));
    }

    @Test
    void what_nobody_could_tell_is_not_known_unless_something_is_shared_for_sure() {
        Given known = new Given("env.KEY", Kind.SECRET, "abc");
        Given unknown = new Given("env.KEY", Kind.SECRET, null);
        Given other = new Given("env.OTHER", Kind.SECRET, "def");

        assertThat(found(List.of(unknown), List.of(known))).isEqualTo(Found.UNKNOWN);
        assertThat(found(List.of(known), List.of(other, unknown))).isEqualTo(Found.UNKNOWN);
        assertThat(found(List.of(known), List.of(unknown, known))).isEqualTo(Found.SHARED);
        assertThat(found(List.of(known), List.of(other))).isEqualTo(Found.DIFFERENT);
        assertThat(found(List.of(known), List.of())).isEqualTo(Found.DIFFERENT);
    }

    @Test
    void what_may_be_shared_is_told_with_its_reason() {
        Isolated rule = new Isolated(List.of(), Map.of("env.A", "a public service"));

        assertThat(of(text("env.A", "https://api.example.test/"), text("env.A", "https://api.example.test/"))
                        .rows(rule))
                .containsExactly(new Row(
                        "env.A", Found.ALLOWED, "same URL as env.A of production, which may be: a public service"));
    }

    @Test
    void each_key_has_one_row_which_tells_the_worst_of_it() {
        List<Row> rows = of(text("env.A", "mongodb://a:1,b:2/x"), text("env.B", "http://b:2/y"))
                .rows(Isolated.ALL);

        assertThat(rows).containsExactly(new Row("env.A", Found.SHARED, "same address as env.B of production"));
        assertThat(Isolation.text(rows)).isEqualTo("env.A same address as env.B of production");
    }

    @Test
    void both_sides_are_read_as_they_were_written() {
        Isolation isolation =
                of(List.of(new Given("env.A", Kind.SECRET, null)), List.of(new Given("folder", Kind.FOLDER, "/srv/a")));

        assertThat(WireJson.mapper().readValue(WireJson.mapper().writeValueAsString(isolation), Isolation.class))
                .isEqualTo(isolation);
    }

    @Test
    void a_rule_names_what_is_compared_and_says_why() {
        assertThatThrownBy(() -> new Isolated(List.of(), Map.of("database", "because")))
                .hasMessageContaining("\"database\" is nothing that is compared; name env.NAME");
        assertThatThrownBy(() -> new Isolated(List.of(), Map.of("port", " ")))
                .hasMessageContaining("say why port may be shared");
        assertThatThrownBy(() -> new Isolated(List.of("A", "A"), Map.of())).hasMessageContaining("may stand once");
        assertThatThrownBy(() -> new Isolated(List.of("A B"), Map.of())).hasMessageContaining("environment variable");
    }
}
