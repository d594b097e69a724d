package dev.slipway.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.git.RepositoryAddress.Local;
import dev.slipway.git.RepositoryAddress.Remote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlacesTest {
    @TempDir
    Path folder;

    private static Places everywhere() {
        return new Places(List.of("/"), List.of("*"));
    }

    @Test
    void nothing_is_allowed_unless_it_is_configured() {
        Places nowhere = new Places(List.of(), List.of());

        assertThat(nowhere.refusal("file:/srv/git/hello.git")).get().asString().contains("slipway.git.roots");
        assertThat(nowhere.refusal("https://git.example.test/hello.git"))
                .get()
                .asString()
                .contains("slipway.git.hosts");
    }

    @Test
    void a_repository_lies_under_a_root_wherever_links_lead() throws IOException {
        Path root = Files.createDirectories(folder.resolve("git"));
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.createSymbolicLink(root.resolve("out"), outside);
        Files.createSymbolicLink(folder.resolve("in"), root);
        Places places = new Places(List.of(root.toString()), List.of());

        assertThat(places.refusal("file:" + root.resolve("hello.git"))).isEmpty();
        assertThat(places.refusal("file:" + folder.resolve("in/hello.git"))).isEmpty();
        for (Path elsewhere : List.of(
                root.resolve("out/hello.git"),
                root.resolve("../outside/hello.git"),
                folder.resolve("git-other"),
                outside)) {
            assertThat(places.refusal("file:" + elsewhere)).get().asString().contains("lies outside of " + root);
        }
    }

    @Test
    void a_repository_is_on_a_host_of_the_list() {
        Places places = new Places(List.of(), List.of("git.example.test", "other.example.test:8443"));

        assertThat(places.refusal("https://git.example.test/hello.git")).isEmpty();
        assertThat(places.refusal("https://GIT.example.test:443/hello.git")).isEmpty();
        assertThat(places.refusal("https://other.example.test:8443/hello.git")).isEmpty();
        assertThat(places.refusal("https://other.example.test/hello.git"))
                .get()
                .asString()
                .startsWith("other.example.test is not among the hosts");
        assertThat(places.refusal("https://git.example.test.evil.test/hello.git"))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "file:/srv/hello.git, /srv/hello.git",
        "file:///srv/hello.git, /srv/hello.git",
        "file://localhost/srv/hello.git, /srv/hello.git",
        "file:/srv/with blank/hello.git, /srv/with blank/hello.git",
        "file:///srv/with blank/hello.git, /srv/with blank/hello.git",
        "file:/srv/with%20blank/hello.git, /srv/with blank/hello.git",
        "file:/srv/100%/hello.git, /srv/100%/hello.git",
        "file:/srv/a#b/hello.git, /srv/a#b/hello.git",
        "file:/srv/../srv/hello.git, /srv/hello.git"
    })
    void every_way_to_write_a_path_is_read_alike(String repository, String path) throws Refused {
        assertThat(everywhere().admit(repository)).isEqualTo(new Local(Path.of(path)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:relative/hello.git",
                "file://elsewhere/srv/hello.git",
                "file:",
                "ssh://git@example.test/hello.git",
                "http://example.test/hello.git",
                "ext::sh -c id",
                "-u/srv",
                "https://example.test",
                "https:///hello.git",
                "https://example.test/hello.git?x=y",
                "https://example.test/hello.git#x"
            })
    void what_is_no_address_is_refused(String repository) {
        assertThat(everywhere().refusal(repository)).isPresent();
    }

    @Test
    void an_address_holds_no_password_and_none_is_shown() {
        assertThat(everywhere().refusal("https://ada:secret@example.test/hello.git"))
                .get()
                .asString()
                .contains("slipway.git.credentials")
                .doesNotContain("secret");
    }

    @Test
    void the_port_counts_unless_it_is_the_usual_one() throws Refused {
        assertThat(((Remote) everywhere().admit("https://A.example.test:443/x")).host())
                .isEqualTo("a.example.test");
        assertThat(((Remote) everywhere().admit("https://a.example.test:8443/x")).host())
                .isEqualTo("a.example.test:8443");
    }

    @Test
    void a_root_is_absolute() {
        assertThatThrownBy(() -> new Places(List.of("srv"), List.of())).hasMessageContaining("must be absolute");
    }
}
