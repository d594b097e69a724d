package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.deployment.target.ArtifactStore.Fetched;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ArtifactStoreTest {
    private static final int BYTES_MAX = 100;

    @TempDir
    Path directory = Path.of("");

    private Path build = Path.of("");

    @BeforeEach
    void write() throws Exception {
        build = Files.writeString(directory.resolve("build.jar"), "an artifact");
    }

    private ArtifactStore store() {
        TargetSettings settings = new Binder(new MapConfigurationPropertySource(Map.of(
                        "targets.directory",
                        directory.resolve("store").toString(),
                        "targets.artifact-roots",
                        directory.toString(),
                        "targets.artifact-bytes-max",
                        BYTES_MAX + "B")))
                .bind("targets", TargetSettings.class)
                .get();
        return new ArtifactStore(settings, new RemoteArtifacts(settings, CircuitBreaker.ofDefaults("artifacts")));
    }

    @Test
    void an_artifact_is_kept_under_its_digest_and_found_there_without_its_source() throws Exception {
        Artifact artifact = new Artifact(build.toUri(), SampleBuild.digest(build));

        Fetched first = store().fetch(artifact);
        Files.delete(build);

        assertThat(first)
                .isEqualTo(new Fetched.Here(
                        directory.resolve("store/artifacts/" + artifact.digest().hex())))
                .isEqualTo(store().fetch(artifact));
        assertThat(store().holds(artifact.digest())).isTrue();
    }

    @Test
    void another_digest_is_refused_and_leaves_nothing() throws Exception {
        Digest other = new Digest("sha256:" + "0".repeat(64));

        assertThat(store().fetch(new Artifact(build.toUri(), other)))
                .isInstanceOfSatisfying(
                        Fetched.Refused.class,
                        refused -> assertThat(refused.why())
                                .contains(SampleBuild.digest(build).brief(), other.brief()));
        assertThat(store().holds(other)).isFalse();
        try (Stream<Path> left = Files.list(directory.resolve("store/artifacts"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_damaged_artifact_is_fetched_anew() throws Exception {
        Artifact artifact = new Artifact(build.toUri(), SampleBuild.digest(build));
        store().fetch(artifact);
        Path stored = directory.resolve("store/artifacts/" + artifact.digest().hex());
        Files.writeString(stored, "damaged");

        assertThat(store().holds(artifact.digest())).isFalse();
        assertThat(store().fetch(artifact)).isEqualTo(new Fetched.Here(stored));
        assertThat(stored).hasContent("an artifact");
    }

    @Test
    void what_is_too_large_missing_or_no_file_is_refused() throws Exception {
        Path large = Files.writeString(directory.resolve("large.jar"), "x".repeat(BYTES_MAX + 1));
        Digest digest = SampleBuild.digest(large);

        assertThat(store().fetch(new Artifact(large.toUri(), digest)).toString())
                .contains("artifact-bytes-max");
        assertThat(store().fetch(new Artifact(URI.create("file:/no/such/file"), digest))
                        .toString())
                .contains("no artifact at");
        assertThat(store().fetch(new Artifact(directory.toUri(), digest)).toString())
                .contains("no artifact at");
    }

    @Test
    void a_file_outside_the_roots_is_refused_with_the_remedy_and_so_is_a_link_to_it(@TempDir Path elsewhere)
            throws Exception {
        Path secret = Files.writeString(elsewhere.resolve("id_ed25519"), "a key");
        Path link = Files.createSymbolicLink(directory.resolve("app.jar"), secret);

        for (Path way : List.of(secret, link, directory.resolve("../" + elsewhere.getFileName() + "/id_ed25519"))) {
            assertThat(store().fetch(new Artifact(way.toUri(), SampleBuild.digest(secret))))
                    .isInstanceOfSatisfying(
                            Fetched.Refused.class,
                            refused -> assertThat(refused.why()).contains("artifact-roots", directory.toString()));
        }
        assertThat(store().holds(SampleBuild.digest(secret))).isFalse();
    }

    @Test
    void a_host_that_is_not_listed_is_not_asked() throws Exception {
        Digest digest = SampleBuild.digest(build);

        assertThat(store().fetch(new Artifact(URI.create("https://artifacts.example.test/app.jar"), digest)))
                .isInstanceOfSatisfying(
                        Fetched.Refused.class,
                        refused -> assertThat(refused.why()).contains("artifact-hosts", "artifacts.example.test"));
    }

    @Test
    void old_artifacts_go_but_none_that_is_still_needed() throws Exception {
        Artifact needed = new Artifact(build.toUri(), SampleBuild.digest(build));
        store().fetch(needed);
        Files.setLastModifiedTime(
                directory.resolve("store/artifacts/" + needed.digest().hex()), FileTime.fromMillis(0));
        for (int i = 1; i <= 3; i++) {
            Path other = Files.writeString(directory.resolve("other" + i), "other " + i);
            store().fetch(new Artifact(other.toUri(), SampleBuild.digest(other)));
            Files.setLastModifiedTime(
                    directory.resolve(
                            "store/artifacts/" + SampleBuild.digest(other).hex()),
                    FileTime.fromMillis(i * 1_000L));
        }

        assertThat(store().prune(Set.of(needed.digest()), 1)).isEqualTo(2);
        assertThat(store().holds(needed.digest())).isTrue();
        assertThat(store().holds(SampleBuild.digest(directory.resolve("other3"))))
                .isTrue();
        assertThat(store().holds(SampleBuild.digest(directory.resolve("other1"))))
                .isFalse();
    }
}
